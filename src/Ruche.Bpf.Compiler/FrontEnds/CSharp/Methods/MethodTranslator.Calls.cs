// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Reflection.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Il;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Metadata;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;
using Ruche.Bpf.Compiler.FrontEnds.CSharp.Types;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Objects.Uapi;
using Constant = Ruche.Bpf.Compiler.Ir.Constant;
using Convert = Ruche.Bpf.Compiler.Ir.Convert;

namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Methods;

/// <content>Calls: of methods, of helpers and kernel functions, of what the compiler knows.</content>
internal sealed partial class MethodTranslator
{
    private const string Lowering = "Ruche.Bpf.Kernel.Lowering.";

    private void TranslateCall(IlInstruction instruction, CalledMethod called)
    {
        if (called.Signature.Header.CallingConvention is SignatureCallingConvention.VarArgs) throw new CSharpException(Refusals.NoCounterpart("arglist"));
        if (instruction.Code is ILOpCode.Newobj) Construct(instruction, called);
        else Call(Constrained(called, instruction.Code is ILOpCode.Callvirt));
    }

    private bool TranslateFunction(IlInstruction instruction)
    {
        switch (instruction.Code)
        {
            case ILOpCode.Constrained:
                _constraint = _object.Types.TypeOf(_method.Assembly, EntityOf(instruction), _method.Arguments);
                return true;
            case ILOpCode.Ldftn:
                if (After(instruction) is { Code: ILOpCode.Newobj }) throw new CSharpException(Refusals.DelegateMade);
                var target = _object.Methods.Resolve(_method, EntityOf(instruction));
                if (target.Instance is not { } callback) throw NotInKernel(target);
                Push(new(_ir.Add(new FunctionAddress(_object.Callback(callback, Line).Name)), new ClrType.FunctionPointer()));
                return true;
            case ILOpCode.Calli:
                throw new CSharpException(Refusals.CalledThroughPointer);
            default:
                return false;
        }
    }

    // A method of a type parameter is one of the type that stands for it.
    private CalledMethod Constrained(CalledMethod called, bool isVirtual)
    {
        var constraint = _constraint;
        _constraint = null;
        if (constraint is ClrType.Other other) throw new CSharpException(other.Refusal);
        if (constraint is ClrType.Struct { Shape.Definition: { } type } && _object.Methods.Find(type, called.Name, called.Signature.ParameterTypes.Length, called.MethodArguments) is { } found) return found;
        if (constraint is not null && called.Type is "System.Object" or "System.ValueType" or "System.Enum") throw new CSharpException(Refusals.Boxed);
        if (constraint is not null || (isVirtual && called.Instance is { } instance && (instance.Definition.Attributes & MethodAttributes.Virtual) != 0))
            throw new CSharpException(Refusals.Late($"{called}"));
        return called;
    }

    private Operand[] Take(CalledMethod called, int count)
    {
        var operands = new Operand[count];
        for (int i = count - 1; i >= 0; i--) operands[i] = Pop();
        KeepStructs();
        return operands;
    }

    private void Call(CalledMethod called)
    {
        var operands = Take(called, called.Operands);
        if (Lowered(called, operands) is { } lowered)
        {
            if (called.Signature.ReturnType is not ClrType.Void) Push(lowered);
            return;
        }

        if (called.Instance is not { } instance) throw NotInKernel(called);
        if (called.Name.StartsWith("ThrowSwitchExpressionException", StringComparison.Ordinal)) throw new CSharpException(Refusals.NotExhaustive);
        if ((instance.Definition.Attributes & MethodAttributes.Abstract) != 0) throw new CSharpException(Refusals.Late($"{called}"));
        var result = CallLocally(instance, called, operands);
        if (called.Signature.ReturnType is not ClrType.Void) Push(result);
    }

    private static CSharpException NotInKernel(CalledMethod called) => new(Refusals.NotInKernel(called.Type, called.Name));

    private Operand CallLocally(MethodInstance instance, CalledMethod called, Operand[] operands)
    {
        if (IsStateMachine(instance)) throw new CSharpException(Refusals.StateMachine(instance.Name));
        if (instance.Definition.RelativeVirtualAddress == 0) throw new CSharpException(Refusals.NoBody(instance.FullName));
        var function = _object.Request(instance, _function, Line);
        var returns = called.Signature.ReturnType;
        List<Value> given = [];
        Operand result = default;
        if (returns is ClrType.Struct)
        {
            result = new(_ir.Slot(returns), returns);
            given.Add(_ir.Anonymous(result));
        }

        int first = called.Signature.Header.IsInstance ? 1 : 0;
        for (int i = 0; i < operands.Length; i++)
        {
            var type = i < first ? new ClrType.Address(ClrType.Nothing) : called.Signature.ParameterTypes[i - first];
            given.Add(Given(operands[i], type));
        }

        var call = _ir.Add(new LocalCall(function.Name, function.Returns, [.. given]));
        return returns is ClrType.Struct ? result : returns is ClrType.Other unusable ? Silently(unusable.Refusal) : new(call, returns);
    }

    private static bool IsStateMachine(MethodInstance instance) => instance.Definition.GetCustomAttributes().Select(a => AttributeMarks.NameOf(instance.Assembly, a))
        .Any(n => n.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal) && n.EndsWith("StateMachineAttribute", StringComparison.Ordinal));

    private Value Given(Operand operand, ClrType type)
    {
        if (operand.IsNoValue || type is ClrType.Other) throw NoValue(type);
        if (type is ClrType.Struct { Shape: { KernelName: not null } shape }) throw new CSharpException(Refusals.KernelCopy(shape.Name));
        if (type is ClrType.Struct) return _ir.Anonymous(operand.IsShared ? _ir.Copied(operand) : operand);
        return type is ClrType.Number ? _ir.Number(operand, type.OnStack) : _ir.Stored(operand, type);
    }

    private void Construct(IlInstruction instruction, CalledMethod called)
    {
        var operands = Take(called, called.Operands - 1);
        if (called.Type.EndsWith("Exception", StringComparison.Ordinal)) throw NotInKernel(called);
        var type = called.Instance is { } instance
            ? _object.Types.TypeOf(instance.Assembly, instance.Definition.GetDeclaringType(), instance.Arguments.OfType)
            : _object.Types.With(new ClrType.Other(called.Type), called.TypeArguments);
        if (type is not ClrType.Struct)
        {
            Push(NoStruct(instruction, called));
            return;
        }

        Operand made = new(_ir.Slot(type), type);
        _ir.Clear(made, type);
        Operand self = made with { Type = new ClrType.Address(type) };
        Operand[] all = [self, .. operands];
        if (Lowered(called, all) is null)
        {
            if (called.Instance is null) throw NotInKernel(called);
            CallLocally(called.Instance, called, all);
        }

        Push(made);
    }

    private Operand NoStruct(IlInstruction instruction, CalledMethod called)
    {
        // What a lambda keeps: the lambda itself is told of.
        if (called.Type.Contains("<>c__DisplayClass", StringComparison.Ordinal)) return Silently(Refusals.DelegateMade);
        var made = called.Instance is { } instance ? _object.Types.TypeOf(instance.Assembly, instance.Definition.GetDeclaringType(), instance.Arguments.OfType)
            : _object.Types.TypeOf(_method.Assembly, _method.Assembly.Reader.GetMemberReference((MemberReferenceHandle)EntityOf(instruction)).Parent, _method.Arguments);
        throw new CSharpException(made is ClrType.Other { IsObject: false } other ? other.Refusal : Refusals.ObjectMade(called.Type));
    }

    private static bool IsLowered(MethodInstance instance) => AttributeMarks.Of(instance.Assembly, instance.Definition.GetCustomAttributes())
        .Any(m => m.Name.StartsWith(Lowering, StringComparison.Ordinal) || m.Name == "Ruche.Bpf.Kernel.KernelBitFieldAttribute");

    /// <summary>What a call of something else than a method comes to; null when it is one.</summary>
    private Operand? Lowered(CalledMethod called, Operand[] operands)
    {
        if (called.Instance is not { } instance) return new KnownMethods(_ir, _object).Call(called, operands);
        foreach (var mark in AttributeMarks.Of(instance.Assembly, instance.Definition.GetCustomAttributes()))
        {
            switch (mark.Name)
            {
                case Lowering + "HelperAttribute":
                    return CallHelper((HelperId)System.Convert.ToUInt32(mark.Arguments[0], null), called, operands, mark);
                case Lowering + "KfuncAttribute":
                    return CallKernel((string)mark.Arguments[0]!, called, operands, mark);
                case Lowering + "AddressInAttribute":
                    return SeenAs(SpaceAt(System.Convert.ToInt64(mark.Arguments[0], null)), operands[0], called.Signature.ReturnType);
                case Lowering + "IntrinsicAttribute":
                    return new KernelQuestions(_ir, _object).Ask(called, operands);
                case "Ruche.Bpf.Kernel.KernelBitFieldAttribute":
                    return new KernelQuestions(_ir, _object).BitField(called, operands[0], mark);
            }
        }

        return null;
    }

    private Operand CallHelper(HelperId helper, CalledMethod called, Operand[] operands, AttributeMark mark)
    {
        var (type, given) = Outward(called, operands, mark, AddressSpace.Any);
        return Inward(_ir.Add(new HelperCall(helper, type, given)), called);
    }

    private Operand CallKernel(string name, CalledMethod called, Operand[] operands, AttributeMark mark)
    {
        var (type, given) = Outward(called, operands, mark, AddressSpace.Kernel);
        _object.KernelTypes.Declare(name, [called.Signature.ReturnType, .. called.Signature.ParameterTypes]);
        return Inward(_ir.Add(new KernelCall(name, type, given)), called);
    }

    private (IrType Type, Value[] Given) Outward(CalledMethod called, Operand[] operands, AttributeMark mark, AddressSpace usual)
    {
        if (operands.Length > 5) throw new CSharpException(Refusals.TooManyForHelper($"{called}", operands.Length));
        var space = mark.Settings.ContainsKey("Returns") ? SpaceAt(mark.Number("Returns")) : usual;
        var type = called.Signature.ReturnType switch
        {
            ClrType.Void => IrType.None,
            ClrType.Address => IrType.PointerTo(space),
            ClrType.Map => IrType.AMap,
            _ => IrType.I64,
        };
        return (type, [.. operands.Select((o, i) => AsArgument(IsNoAddress(called, o, i) ? new(new Constant(IrType.PointerTo(AddressSpace.Any), 0), o.Type) : o))]);
    }

    // No address, where the kernel's function takes one: the object says so of its type.
    private static bool IsNoAddress(CalledMethod called, Operand operand, int index) => !called.Signature.Header.IsInstance
        && called.Signature.ParameterTypes[index] is ClrType.Address && operand is { Type: ClrType.Number, Value: Constant { Number: 0 } };

    private Value AsArgument(Operand operand) => operand.Type switch
    {
        ClrType.Number when operand.Value.Type is IrType.Pointer => operand.Value,
        ClrType.Number => _ir.Resized(operand.Value, IrType.I64, operand.Value is Constant && operand.Type is ClrType.Number { IsSigned: true }),
        ClrType.Address => _ir.AddressOf(operand),
        ClrType.Map or ClrType.FunctionPointer => operand.Value,
        _ => throw new CSharpException(Refusals.HelperGiven($"{operand.Type}")),
    };

    private Operand Inward(Operation call, CalledMethod called) => called.Signature.ReturnType switch
    {
        ClrType.Number { Bits: < 64 } number => new(_ir.Widened(_ir.Resized(call, IrType.IntOf(number.Bits), false), number), number),
        var type => new(call, type),
    };

    // As Ruche.Bpf.Kernel.Lowering.AddressSpace numbers them. An arena's memory is read as a map's value is.
    private static AddressSpace SpaceAt(long number) => number switch
    {
        1 => AddressSpace.Context,
        2 => AddressSpace.Packet,
        3 => AddressSpace.PacketEnd,
        4 => AddressSpace.Value,
        5 => AddressSpace.Kernel,
        6 => AddressSpace.KernelProbe,
        7 => AddressSpace.User,
        _ => AddressSpace.Any,
    };

    private Operand SeenAs(AddressSpace space, Operand operand, ClrType type)
    {
        var value = operand.Type is ClrType.Address ? _ir.AddressOf(operand) : _ir.Resized(operand.Value, IrType.I64, isSigned: false);
        return new(_ir.Add(new Convert(Conversion.Reinterpret, IrType.PointerTo(space), value)), type);
    }
}
