<?php
// Publishes an update with Symfony's client. Arguments: the hub, a token, and {"topics", "data", "private", "id", "type", "retry"}.
// out: {"id"} as the hub answered it, or {"refused"}.
require_once 'Symfony/Component/Mercure/autoload.php';

use Symfony\Component\Mercure\Exception\ExceptionInterface;
use Symfony\Component\Mercure\Hub;
use Symfony\Component\Mercure\Jwt\StaticTokenProvider;
use Symfony\Component\Mercure\Update;

[, $address, $token, $wanted] = $argv;
$update = json_decode($wanted, true, 512, JSON_THROW_ON_ERROR);
try {
    $hub = new Hub($address, new StaticTokenProvider($token));
    $id = $hub->publish(new Update(
        $update['topics'],
        $update['data'],
        $update['private'] ?? false,
        $update['id'] ?? null,
        $update['type'] ?? null,
        $update['retry'] ?? null
    ));
    echo json_encode(['id' => $id]), "\n";
} catch (ExceptionInterface $refused) {
    $cause = $refused->getPrevious() ?? $refused;
    echo json_encode(['refused' => $cause->getMessage()]), "\n";
}
