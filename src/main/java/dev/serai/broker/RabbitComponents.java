package dev.serai.broker;

import org.apache.camel.component.springrabbit.SpringRabbitMQComponent;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts our engine behind Camel's scheme. */
@Configuration(proxyBeanMethods = false)
class RabbitComponents {

  @Bean("spring-rabbitmq-component")
  SpringRabbitMQComponent springRabbitMq(
      Publisher publisher,
      ConsumerMeters meters,
      CachingConnectionFactory connections,
      BrokerSettings settings,
      QueueNames names,
      MovingQueues moving) {
    ConfirmedComponent component =
        new ConfirmedComponent(publisher, meters, settings.consuming(), names, moving);
    component.setConnectionFactory(connections);
    return component;
  }
}
