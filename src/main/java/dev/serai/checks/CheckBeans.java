package dev.serai.checks;

import dev.serai.files.Packs;
import dev.serai.javadsl.JavaRoutes;
import java.util.Set;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The check of a running Serai, with its own beans and surroundings. */
@Configuration(proxyBeanMethods = false)
class CheckBeans {

  @Bean
  FolderCheck folderCheck(
      Packs packs,
      ConfigurableEnvironment surroundings,
      ListableBeanFactory beans,
      JavaRoutes java) {
    return new FolderCheck(
        packs.folder(), surroundings, Set.of(beans.getBeanDefinitionNames()), java);
  }
}
