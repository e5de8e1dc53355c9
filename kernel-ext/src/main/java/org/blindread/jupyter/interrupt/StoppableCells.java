package org.blindread.jupyter.interrupt;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.execution.LoaderDelegate;
import jdk.jshell.spi.ExecutionControl.ClassBytecodes;
import jdk.jshell.spi.ExecutionControl.ClassInstallException;
import jdk.jshell.spi.ExecutionControl.EngineTerminationException;
import jdk.jshell.spi.ExecutionControl.InternalException;
import jdk.jshell.spi.ExecutionControl.NotImplementedException;
import org.jspecify.annotations.Nullable;

/// Loads the classes of cells with [StopChecks] in them.
public final class StoppableCells implements LoaderDelegate {
  private final LoaderDelegate loader;
  private final Map<ClassDesc, ClassHierarchyInfo> cells = new ConcurrentHashMap<>();
  private final StopChecks checks = new StopChecks(this::type);
  private volatile ClassLoader libraries = StoppableCells.class.getClassLoader();

  StoppableCells(LoaderDelegate loader) {
    this.loader = loader;
  }

  /// Makes the cells of a kernel stoppable from now on. The JDK keeps what loads them in a private
  /// field, which the kernelspec opens to us.
  ///
  /// @param control the kernel's `ExecutionControl`
  /// @return whether it could be done; else an interrupt does what it does without us
  public static boolean in(Object control) {
    try {
      Field field = DirectExecutionControl.class.getDeclaredField("loaderDelegate");
      field.setAccessible(true);
      field.set(control, new StoppableCells((LoaderDelegate) field.get(control)));
      return true;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return false;
    }
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    for (ClassBytecodes each : classes) {
      remember(each.bytecodes());
    }
    loader.load(stoppable(classes));
    try {
      if (classes.length > 0) {
        // Knows what a cell has added to the class path since.
        libraries = loader.findClass(classes[0].name()).getClassLoader();
      }
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a class that was just loaded is not there", e);
    }
  }

  @Override
  public void classesRedefined(ClassBytecodes[] classes) {
    loader.classesRedefined(stoppable(classes));
  }

  @Override
  public void addToClasspath(String path) throws EngineTerminationException, InternalException {
    loader.addToClasspath(path);
  }

  @Override
  public Class<?> findClass(String name) throws ClassNotFoundException {
    return loader.findClass(name);
  }

  private ClassBytecodes[] stoppable(ClassBytecodes[] classes) {
    ClassBytecodes[] stoppable = new ClassBytecodes[classes.length];
    for (int i = 0; i < classes.length; i++) {
      stoppable[i] = new ClassBytecodes(classes[i].name(), stoppable(classes[i].bytecodes()));
    }
    return stoppable;
  }

  /// A class that cannot have checks, such as one with a method close to 64 KiB, runs without.
  private byte[] stoppable(byte[] bytes) {
    try {
      return checks.into(bytes);
    } catch (IllegalArgumentException e) {
      return bytes;
    }
  }

  private void remember(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    cells.put(
        model.thisClass().asSymbol(),
        model.flags().has(AccessFlag.INTERFACE)
            ? ClassHierarchyInfo.ofInterface()
            : ClassHierarchyInfo.ofClass(
                model.superclass().map(type -> type.asSymbol()).orElse(ConstantDescs.CD_Object)));
  }

  private @Nullable ClassHierarchyInfo type(ClassDesc type) {
    ClassHierarchyInfo cell = cells.get(type);
    return cell != null
        ? cell
        : ClassHierarchyResolver.ofClassLoading(libraries).getClassInfo(type);
  }
}
