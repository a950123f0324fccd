// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>What a program asks about the kernel's types: answered when it is loaded (CO-RE).</summary>
internal sealed class KernelQuestions(IrWriter ir, ObjectTranslator translator)
{
    public Operand? Ask(CalledMethod called, Operand[] given)
    {
        if (called.Type != "Ruche.Bpf.Kernel.Bpf") return null;
        return called.Name switch
        {
            "FieldExists" => Answer(called, CoreRelocationKind.FieldExists, FieldOf(given[0])),
            "FieldOffset" => Answer(called, CoreRelocationKind.FieldByteOffset, FieldOf(given[0])),
            "FieldSize" => Answer(called, CoreRelocationKind.FieldByteSize, FieldOf(given[0])),
            "TypeExists" => Answer(called, CoreRelocationKind.TypeExists, TypeOf(called)),
            "TypeSize" => Answer(called, CoreRelocationKind.TypeSize, TypeOf(called)),
            "EnumValue" => Answer(called, CoreRelocationKind.EnumValue, EnumeratorOf(called, given[0])),
            "EnumValueExists" => Answer(called, CoreRelocationKind.EnumValueExists, EnumeratorOf(called, given[0])),
            _ => null,
        };
    }

    /// <summary>Reads a bit field: a word that holds it, then shifts that are known when the program is loaded.</summary>
    public Operand BitField(CalledMethod called, Operand holder, AttributeMark mark)
    {
        var (word, field) = translator.KernelTypes.BitField(holder, ir, called, mark);
        Value value = word;
        value = ir.Add(new Binary(BinaryOperator.Shl, value, ir.Add(new KernelQuestion(CoreRelocationKind.FieldLeftShift, field))));
        bool isSigned = mark.Arguments[3] is true;
        value = ir.Add(new Binary(isSigned ? BinaryOperator.AShr : BinaryOperator.LShr, value, ir.Add(new KernelQuestion(CoreRelocationKind.FieldRightShift, field))));
        var type = called.Signature.ReturnType;
        return new(ir.Resized(value, type.OnStack, isSigned), type);
    }

    private Operand Answer(CalledMethod called, CoreRelocationKind kind, string subject)
    {
        var answer = ir.Add(new KernelQuestion(kind, subject));
        return new(ir.Resized(answer, called.Signature.ReturnType.OnStack, false), called.Signature.ReturnType);
    }

    private static string FieldOf(Operand operand) => operand.Value is FieldAddress { Field: var field } && operand.Offset == 0
        ? field : throw new CSharpException(CSharpDiagnostics.Instruction, "what is asked about is no field of a kernel type", "write 'in pointer->field'");

    private string TypeOf(CalledMethod called) => called.MethodArguments[0] switch
    {
        ClrType.Struct { Shape: { KernelName: not null } shape } => translator.KernelTypes.NameOf(shape),
        ClrType.Number { KernelName: { } name } => KernelTypeTable.Plain(name),
        var type => throw new CSharpException(CSharpDiagnostics.Instruction, $"'{type}' is no type of the kernel", "mark it with [KernelType(\"struct …\")]"),
    };

    private string EnumeratorOf(CalledMethod called, Operand name) => name.Text is { } text && called.MethodArguments[0] is ClrType.Number { KernelName: { } kernelName } type
        ? translator.KernelTypes.Enumerator(type, kernelName, text)
        : throw new CSharpException(CSharpDiagnostics.Instruction, "what is asked about is no enumerator of a kernel type", "write EnumValue<TheEnum>(nameof(TheEnum.Name))");
}
