// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Prototypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.States;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Functions that are visible outside their object. Each is proven once, from its signature; calls are checked against the signature.</summary>
internal sealed class GlobalFunctions(Walk walk)
{
    private readonly Dictionary<int, bool> _changesPacket = [];

    /// <summary>Whether a function is proven on its own.</summary>
    public bool IsGlobal(int function) => function != 0 && FunctionAt(function) is { Linkage: BtfLinkage.Global };

    /// <summary>Whether a function returns nothing.</summary>
    public bool ReturnsNothing(int function) => Prototype(function) is { Return: 0 };

    /// <summary>Checks the shape of the function, as far as callers rely on it.</summary>
    public void CheckShape(int function)
    {
        if (Prototype(function) is not { } prototype) return;
        int result = walk.Program.Types!.Resolve(prototype.Return);
        bool isNumber = walk.Program.Types.KindOf(result) is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64;
        if (!isNumber && !(result == 0 && walk.Profile.Has(7, 0))) Walk.Reject(VerifierRules.FunctionSignature, "a global function must return a number", null, "make it static, or let it return int");
    }

    /// <summary>Checks the arguments of a call.</summary>
    public void CheckCall(int function)
    {
        CheckShape(function);
        if (Prototype(function) is not { } prototype) return;
        for (int i = 0; i < prototype.Parameters.Length && i < 5; i++)
        {
            var register = (Register)(i + 1);
            CheckArgument(function, i, prototype.Parameters[i], walk.Read(register), Describe.Name(register));
        }
    }

    /// <summary>The state that a function is proven from.</summary>
    public State Start(int function)
    {
        var frame = new Frame(0, -1, function);
        var prototype = Prototype(function);
        if (prototype is null) Walk.Reject(VerifierRules.FunctionSignature, "a global function has no type");
        for (int i = 0; i < prototype!.Parameters.Length && i < 5; i++) frame[(Register)(i + 1)] = Argument(function, i, prototype.Parameters[i]);
        return new(frame) { IsSleepable = walk.Program.IsSleepable };
    }

    /// <summary>The state that the program's exception handler is proven from: it gets what was thrown, and returns in the program's place.</summary>
    public State StartHandler(int function)
    {
        CheckShape(function);
        if (ReturnsNothing(function)) Walk.Reject(VerifierRules.FunctionSignature, "an exception handler must return what the program returns, and returns nothing");
        if (Prototype(function) is not { Parameters: [var parameter] } || Shape(function, 0, parameter).Kind is not ParameterKind.Number)
            Walk.Reject(VerifierRules.FunctionSignature, "an exception handler takes one argument, which is a number");
        var state = Start(function);
        state.Top.IsExceptionHandler = true;
        return state;
    }

    /// <summary>Whether a function, or one it calls, may move the packet.</summary>
    public bool ChangesPacket(int function)
    {
        if (_changesPacket.TryGetValue(function, out bool known)) return known;
        _changesPacket[function] = false;
        return _changesPacket[function] = FindCalls(function, (x, slot) =>
            (x.IsHelperCall && HelperPrototypes.Find((HelperId)x.Immediate) is { ChangesPacket: true })
            || (x.IsLocalCall && ChangesPacket(slot + 1 + x.Immediate))
            || (x.IsKernelCall && walk.Program.KernelCalls.TryGetValue(slot, out string? name) && KernelCalls.ChangesPacket(name)));
    }

    /// <summary>Refuses a function that may sleep where nothing may.</summary>
    public void CheckMayNotSleep(int function)
    {
        if (MaySleep(function, [])) Walk.Reject(VerifierRules.Sections, "a global function that may sleep is called where nothing may sleep");
    }

    private bool MaySleep(int function, HashSet<int> seen) => seen.Add(function)
        && FindCalls(function, (x, slot) => (x.IsLocalCall && MaySleep(slot + 1 + x.Immediate, seen))
            || x.IsHelperCall && HelperPrototypes.Find((HelperId)x.Immediate) is { MaySleep: true }
            || x.IsKernelCall && walk.Program.KernelCalls.TryGetValue(slot, out string? name) && KernelFunctionTable.Find(name) is { } f && (f.Flags & KernelFunctionFlags.Sleepable) != 0);

    private bool FindCalls(int function, Func<Instruction, int, bool> matches)
    {
        for (int slot = function; slot < walk.Flow.EndOf(function); slot++)
        {
            if (matches(walk.Program.Instructions[slot], slot)) return true;
            if (walk.Program.Instructions[slot].IsWide) slot++;
        }

        return false;
    }

    private BtfType.Function? FunctionAt(int function)
    {
        if (walk.Program.Types is not { } types) return null;
        foreach (var info in walk.Program.Functions)
        {
            if (info.Slot == function) return types[info.Type] as BtfType.Function;
        }

        return null;
    }

    private BtfType.FunctionPrototype? Prototype(int function) =>
        FunctionAt(function) is { } x ? walk.Program.Types![x.Prototype] as BtfType.FunctionPrototype : null;

    private Value Argument(int function, int index, BtfParameter parameter)
    {
        var origin = Origin.Of(function, OriginKind.Entry);
        var shape = Shape(function, index, parameter);
        var flags = shape.IsNonNull ? ValueFlags.None : ValueFlags.MayBeNull;
        switch (shape.Kind)
        {
            case ParameterKind.Number:
                return Value.Unknown(origin);
            case ParameterKind.Context:
                return Value.Pointer(ValueKind.Context);
            case ParameterKind.Arena:
                return Value.Unknown(origin) with { Kind = ValueKind.Arena };
            case ParameterKind.DynamicPointer:
                return Value.Pointer(ValueKind.DynamicPointer) with { Dynamic = new(DynamicKind.LocalDynamicPointer, walk.NewId(), IsFirst: true) };
            case ParameterKind.Object:
                return Value.Pointer(ValueKind.Btf, flags | shape.Trust, origin) with { Type = shape.Type, Id = flags is 0 ? 0 : walk.NewId() };
            default:
                return Value.Pointer(ValueKind.Memory, flags | shape.Trust, origin) with { Size = shape.Size, Id = flags is 0 ? 0 : walk.NewId() };
        }
    }

    private void CheckArgument(int function, int index, BtfParameter parameter, Value value, string name)
    {
        var shape = Shape(function, index, parameter);
        switch (shape.Kind)
        {
            case ParameterKind.Number:
                if (!value.IsScalar) Walk.Reject(VerifierRules.FunctionSignature, $"{name} must be a number, and is {Describe.Value(value)}", value);
                return;
            case ParameterKind.Context:
                if (value.Kind is not ValueKind.Context || value.Offset != 0 || !value.Range.IsZero) Walk.Reject(VerifierRules.FunctionSignature, $"{name} must be the context, and is {Describe.Value(value)}", value);
                return;
            case ParameterKind.Arena:
                if (value.Kind is not ValueKind.Arena && !value.IsScalar) Walk.Reject(VerifierRules.FunctionSignature, $"{name} must point into the arena, and is {Describe.Value(value)}", value);
                return;
            case ParameterKind.DynamicPointer:
                if (value.Kind is not (ValueKind.Stack or ValueKind.DynamicPointer) || (value.Kind is ValueKind.DynamicPointer && (value.Offset != 0 || !value.Range.IsZero))) Walk.Reject(VerifierRules.FunctionSignature, $"{name} must be a dynptr, and is {Describe.Value(value)}", value);
                return;
            case ParameterKind.Object when (shape.Trust & ValueFlags.Untrusted) != 0:
                return;
            case ParameterKind.Object:
                if (value.IsNull && !shape.IsNonNull) return;
                bool isWanted = value.Kind is ValueKind.Btf && (!value.MayBeNull || !shape.IsNonNull) && TypeMatch.Is(value.Type, shape.Type);
                if (!isWanted) Walk.Reject(VerifierRules.FunctionSignature, $"{name} must be struct {shape.Type.Name}, and is {Describe.Value(value)}", value);
                if ((shape.Trust & ValueFlags.Trusted) != 0 && !ObjectAccess.IsTrusted(value)) Walk.Reject(VerifierRules.Trust, $"{name} is {Describe.Value(value)}, and must be trusted", value);
                return;
            default:
                if (shape.Trust != 0) return;
                if (value.IsNull && !shape.IsNonNull) return;
                if (value.MayBeNull && shape.IsNonNull) Walk.Reject(VerifierRules.NullCheck, $"{name} is {Describe.Value(value)}, and the function wants no null", value);
                walk.Memory.CheckRegion(NullTestless(value), name, shape.Size, isWrite: true, isUninitialized: false, mayBeEmpty: false);
                return;
        }
    }

    private static Value NullTestless(Value value) => value.MayBeNull ? value with { Flags = value.Flags & ~ValueFlags.MayBeNull } : value;

    private ParameterShape Shape(int function, int index, BtfParameter parameter)
    {
        var types = walk.Program.Types!;
        var tags = Tags(function, index);
        int type = types.Resolve(parameter.Type);
        if (types.KindOf(type) is BtfKind.Int or BtfKind.Enum or BtfKind.Enum64) return new(ParameterKind.Number);
        if (types[type] is not BtfType.Pointer pointer)
        {
            Walk.Reject(VerifierRules.FunctionSignature, $"argument {index + 1} of a global function is neither a number nor a pointer");
            return default;
        }

        int target = types.Resolve(pointer.Target);
        string name = types.NameOf(target);
        if (tags.Contains("ctx") || ContextNames.Is(walk.Program.Type, walk.Program.Attach, NameOfTarget(types, pointer.Target), name)) return new(ParameterKind.Context);
        if (name is "bpf_dynptr") return new(ParameterKind.DynamicPointer);
        if (tags.Contains("arena")) return new(ParameterKind.Arena);
        if (!walk.Profile.Has(5, 12)) Walk.Reject(VerifierRules.FunctionSignature, $"argument {index + 1} of a global function is a pointer, which before Linux 5.12 only the context may be");
        bool isNonNull = tags.Contains("nonnull");
        if (tags.Contains("trusted") && KernelTypeOf(name) is { } trusted)
            return new(ParameterKind.Object) { Type = trusted, IsNonNull = !tags.Contains("nullable"), Trust = ValueFlags.Trusted };
        if (tags.Contains("untrusted"))
        {
            if (!walk.Profile.Has(6, 17)) Walk.Reject(VerifierRules.FunctionSignature, $"argument {index + 1} of a global function is untrusted, which kernels before 6.17 do not know");
            if (tags.Count > 1) Walk.Reject(VerifierRules.FunctionSignature, $"argument {index + 1} of a global function is untrusted, which goes with no other tag");
            if (types.KindOf(target) is BtfKind.Struct or BtfKind.Union && KernelTypeOf(name) is null)
                Walk.Reject(VerifierRules.FunctionSignature, $"argument {index + 1} of a global function points to struct {name}, which the kernel does not have");
            return types.KindOf(target) is BtfKind.Struct or BtfKind.Union
                ? new(ParameterKind.Object) { Type = KernelTypeOf(name)!.Value, IsNonNull = true, Trust = ValueFlags.Untrusted }
                : new(ParameterKind.Memory) { IsNonNull = true, Trust = ValueFlags.Untrusted | ValueFlags.ReadOnly };
        }

        if (!types.TrySizeOf(target, out int size) || size == 0)
            Walk.Reject(VerifierRules.FunctionSignature, $"argument {index + 1} of a global function points to {name}, whose size is not known");
        return new(ParameterKind.Memory) { Size = size, IsNonNull = isNonNull };
    }

    private static string NameOfTarget(BtfSpec types, int id)
    {
        id = types.SkipModifiers(id);
        return types.NameOf(id);
    }

    private TypeReference? KernelTypeOf(string name) =>
        walk.Kernel is { } kernel && (kernel.TryFind(BtfKind.Struct, Plain(name), out int id) || kernel.TryFind(BtfKind.Union, Plain(name), out id)) ? new(kernel, id) : null;

    private static string Plain(string name) => name.Split("___")[0];

    private HashSet<string> Tags(int function, int index)
    {
        HashSet<string> found = [];
        // Before 6.8 tags of arguments say nothing.
        if (!walk.Profile.Has(6, 8)) return found;
        var types = walk.Program.Types!;
        int id = walk.Program.Functions.First(f => f.Slot == function).Type;
        foreach (int tagId in types.IdsOf(BtfKind.DeclTag))
        {
            if (types[tagId] is BtfType.DeclTag tag && tag.Target == id && tag.Component == index && tag.Name.StartsWith("arg:", StringComparison.Ordinal)) found.Add(tag.Name[4..]);
        }

        return found;
    }

    private enum ParameterKind : byte
    {
        Number,
        Context,
        Memory,
        Object,
        DynamicPointer,
        Arena,
    }

    private readonly record struct ParameterShape(ParameterKind Kind)
    {
        public int Size { get; init; }

        public TypeReference Type { get; init; }

        public bool IsNonNull { get; init; }

        public ValueFlags Trust { get; init; }
    }
}
