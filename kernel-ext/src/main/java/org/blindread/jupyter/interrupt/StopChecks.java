package org.blindread.jupyter.interrupt;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts calls of [CellInterrupt#check] into classes: at the entry of every method, and before every
/// jump backwards. Nothing else of a class changes.
final class StopChecks {
  private static final ClassDesc INTERRUPT = ClassDesc.of(CellInterrupt.class.getName());

  /// The method that JShell puts a cell's statements into.
  private static final String CELL = "do_it$";

  private final ClassFile classFile;

  /// @param types tells superclasses, which the verifier's frames are made from
  StopChecks(ClassHierarchyResolver types) {
    classFile = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(types));
  }

  /// The class with its checks.
  ///
  /// @throws IllegalArgumentException if that makes no class, such as for a method that is too long
  byte[] into(byte[] bytes) {
    ClassModel model = classFile.parse(bytes);
    return classFile.transformClass(
        model,
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            String first = method.methodName().equalsString(CELL) ? "begin" : "check";
            builder.transformMethod(
                method,
                MethodTransform.transformingCode(
                    CodeTransform.ofStateful(() -> new Weaver(first))));
          } else {
            builder.with(element);
          }
        });
  }

  private static void call(CodeBuilder builder, String name) {
    builder.invokestatic(INTERRUPT, name, ConstantDescs.MTD_void);
  }

  /// One method's code, from its first instruction to its last.
  private static final class Weaver implements CodeTransform {
    private final Set<Label> behind = new HashSet<>();
    private final String first;

    Weaver(String first) {
      this.first = first;
    }

    @Override
    public void atStart(CodeBuilder builder) {
      call(builder, first);
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      boolean back =
          switch (element) {
            case BranchInstruction branch -> behind.contains(branch.target());
            case TableSwitchInstruction table -> back(table.defaultTarget(), table.cases());
            case LookupSwitchInstruction lookup -> back(lookup.defaultTarget(), lookup.cases());
            case LabelTarget target -> {
              behind.add(target.label());
              yield false;
            }
            default -> false;
          };
      if (back) {
        call(builder, "check");
      }
      builder.with(element);
    }

    private boolean back(Label other, List<SwitchCase> cases) {
      return behind.contains(other)
          || cases.stream().anyMatch(each -> behind.contains(each.target()));
    }
  }
}
