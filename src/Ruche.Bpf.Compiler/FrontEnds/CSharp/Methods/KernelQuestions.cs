// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Objects;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Btf;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <summary>What a program asks about the kernel's types: answered when it is loaded (CO-RE).</summary>
internal sealed class KernelQuestions(IrWriter ir, ObjectTranslator translator)
{
    public Operand Ask(CalledMethod called, Operand[] given)
    {
        return called.Name switch
        {
            "IsNullMap" => Condition(given[0].Value),
            "CapacityOf" => new(ir.Add(new MapCapacity(given[0].Value)), called.Signature.ReturnType),
            "FieldExists" => Answer(called, CoreRelocationKind.FieldExists, FieldOf(called, given[0])),
            "FieldOffset" => Answer(called, CoreRelocationKind.FieldByteOffset, FieldOf(called, given[0])),
            "FieldSize" => Answer(called, CoreRelocationKind.FieldByteSize, FieldOf(called, given[0])),
            "TypeExists" => Answer(called, CoreRelocationKind.TypeExists, TypeOf(called)),
            "TypeSize" => Answer(called, CoreRelocationKind.TypeSize, TypeOf(called)),
            "TypeMatches" => Answer(called, CoreRelocationKind.TypeMatches, TypeOf(called)),
            "KernelTypeId" => Answer(called, CoreRelocationKind.TypeIdTarget, TypeOf(called)),
            "LocalTypeId" => Answer(called, CoreRelocationKind.TypeIdLocal, OwnTypeOf(called)),
            "EnumValue" => Answer(called, CoreRelocationKind.EnumValue, EnumeratorOf(called, given[0])),
            "EnumValueExists" => Answer(called, CoreRelocationKind.EnumValueExists, EnumeratorOf(called, given[0])),
            _ => throw new CSharpException(Refusals.NoCounterpart($"{called}")),
        };
    }

    private Operand Condition(Value map) => new(ir.Add(new Convert(Conversion.ZeroExtend, IrType.I32, ir.Add(new Compare(Comparison.Equal, map, new Constant(IrType.I64, 0))))), ClrType.Boolean);

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

    private string FieldOf(CalledMethod called, Operand operand)
    {
        if (operand.Text is { } name) return $"{TypeOf(called)}.{name}";
        return operand.Value is FieldAddress { Field: var field } && operand.Offset == 0
            ? field : throw new CSharpException(Refusals.NoKernelField);
    }

    private string TypeOf(CalledMethod called) => called.MethodArguments[0] switch
    {
        ClrType.Struct { Shape: { KernelName: not null } shape } => translator.KernelTypes.NameOf(shape),
        ClrType.Number { KernelName: { } name } => KernelTypeTable.Plain(name),
        var type => throw new CSharpException(Refusals.NoKernelType($"{type}")),
    };

    private string OwnTypeOf(CalledMethod called) => called.MethodArguments[0] is ClrType.Struct { Shape: var shape }
        ? translator.DataTypeNameOf(shape) : throw new CSharpException(Refusals.HelperGiven($"{called.MethodArguments[0]}"));

    private string EnumeratorOf(CalledMethod called, Operand name) => name.Text is { } text && called.MethodArguments[0] is ClrType.Number { KernelName: { } kernelName } type
        ? translator.KernelTypes.Enumerator(type, kernelName, text)
        : throw new CSharpException(Refusals.NoEnumerator);
}
