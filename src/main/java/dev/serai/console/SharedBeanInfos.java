package dev.serai.console;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.modelmbean.InvalidTargetObjectTypeException;
import javax.management.modelmbean.ModelMBean;
import javax.management.modelmbean.ModelMBeanInfo;
import javax.management.modelmbean.RequiredModelMBean;
import org.apache.camel.CamelContext;
import org.apache.camel.api.management.ManagedInstance;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.api.management.NotificationSenderAware;
import org.apache.camel.spring.spi.SpringManagementMBeanAssembler;
import org.apache.camel.support.management.MixinRequiredModelMBean;
import org.apache.camel.support.management.NotificationSenderAdapter;
import org.jspecify.annotations.Nullable;

/**
 * Describes a class of Camel's JMX beans once for all beans of it. Camel does it for each bean:
 * thirteen KiB, and an eighth of the processor time of a start. Thread-safe.
 */
final class SharedBeanInfos extends SpringManagementMBeanAssembler {
  private final Map<Class<?>, ModelMBeanInfo> known = new ConcurrentHashMap<>();

  SharedBeanInfos(CamelContext camel) {
    super(camel);
  }

  @Override
  public @Nullable ModelMBean assemble(MBeanServer server, Object bean, ObjectName name)
      throws JMException {
    ModelMBeanInfo info = known.get(bean.getClass());
    if (info == null || !isDescribedByItsClass(bean)) {
      ModelMBean described = super.assemble(server, bean, name);
      if (described != null && isDescribedByItsClass(bean)) {
        known.put(bean.getClass(), (ModelMBeanInfo) described.getMBeanInfo());
      }
      return described;
    }
    RequiredModelMBean described =
        new MixinRequiredModelMBean(info, isMasked(), /* defaultMbi= */ null, null);
    try {
      described.setManagedResource(bean, "ObjectReference");
    } catch (InvalidTargetObjectTypeException e) {
      throw new JMException(e.getMessage());
    }
    if (bean instanceof NotificationSenderAware sender) {
      sender.setNotificationSender(new NotificationSenderAdapter(described));
    }
    return described;
  }

  /** Not one that shows attributes of the object behind it too, as a component with its own can. */
  private static boolean isDescribedByItsClass(Object bean) {
    Object shown = bean instanceof ManagedInstance behind ? behind.getInstance() : null;
    return shown == null
        || !shown.getClass().isAnnotationPresent(ManagedResource.class)
            && !shown
                .getClass()
                .isAnnotationPresent(
                    org.springframework.jmx.export.annotation.ManagedResource.class);
  }

  private boolean isMasked() {
    return Boolean.TRUE.equals(camelContext.getManagementStrategy().getManagementAgent().getMask());
  }
}
