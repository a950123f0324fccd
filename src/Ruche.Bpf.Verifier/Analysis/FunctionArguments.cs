// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.KernelTypes;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Contexts that are the arguments of a kernel function: tracing, LSM and struct_ops programs, and extensions.</summary>
internal sealed class FunctionArguments(Walk walk)
{
    private const int MaxArguments = 12;

    private readonly AttachedFunction? _function = AttachedFunction.Find(walk.Program, walk.Kernel);

    public Value Access(Value pointer, string name, int offset, int size, bool isWrite)
    {
        if (isWrite) Walk.Reject(VerifierRules.ContextAccess, $"{name} points to the arguments of a function, which cannot be written", pointer);
        if (offset < 0 || offset >= MaxArguments * 8 || offset % size != 0) Walk.Reject(VerifierRules.ContextAccess, $"{name} + {offset}: there is no argument", pointer);
        if (_function is null) return walk.Unknown(OriginKind.Load);
        if (offset % 8 != 0) Walk.Reject(VerifierRules.ContextAccess, $"{name} + {offset}: arguments lie eight bytes apart", pointer);
        int index = _function.ArgumentAt(offset);
        if (index > _function.Arguments.Length || (index == _function.Arguments.Length && !SeesResult()))
            Walk.Reject(VerifierRules.ContextAccess, $"{name} + {offset}: {_function.Name} has {_function.Arguments.Length} arguments", pointer);
        return index == _function.Arguments.Length ? Result(size) : Argument(index, offset, size, name, pointer);
    }

    private bool SeesResult() =>
        walk.Program.Attach is AttachType.LsmMac or AttachType.LsmCgroup or AttachType.TraceFexit or AttachType.ModifyReturn or AttachType.TraceFsession;

    private Value Result(int size)
    {
        var types = _function!.Types;
        int type = types.Resolve(_function.Result);
        if (types.KindOf(type) is BtfKind.Pointer && PointsToStruct(types, type, out int target) && size == 8)
            return Object(target, types, ValueFlags.Trusted);
        if (walk.Program.Attach is AttachType.LsmMac && types.KindOf(type) is BtfKind.Int)
        {
            var range = Ruche.Bpf.Verifier.Contexts.ReturnRules.For(walk.Program.Type, walk.Program.Attach, walk.Program.AttachTarget, walk.Profile.Release);
            if (range is { } r) return Value.Scalar(ScalarRange.Between(r.Least, r.Greatest), walk.Made(OriginKind.Load));
        }

        return walk.Unknown(OriginKind.Load);
    }

    private Value Argument(int index, int offset, int size, string name, Value pointer)
    {
        var types = _function!.Types;
        int type = types.Resolve(_function.Arguments[index].Type);
        if (types.KindOf(type) is not BtfKind.Pointer) return walk.Unknown(OriginKind.Load);
        if (size != 8) Walk.Reject(VerifierRules.ContextAccess, $"{name} + {offset}: argument {index} is a pointer and must be read with 8 bytes", pointer);
        if (_function.BufferAt(index) is { } buffer) return Value.Pointer(ValueKind.Buffer, buffer, walk.Made(OriginKind.Load)) with { Id = walk.NewId() };
        if (!PointsToStruct(types, type, out int target))
        {
            if (!walk.Profile.Has(5, 17) && types.KindOf(target) is not BtfKind.Void && types.NameOf(target) is not "char")
                Walk.Reject(VerifierRules.ContextAccess, $"{name} + {offset}: argument {index} points to a number, which cannot be read before Linux 5.17", pointer);
            return walk.Unknown(OriginKind.Load);
        }

        var flags = _function.TrustOf(index, walk.Program);
        if (flags is null) return walk.Unknown(OriginKind.Load);
        return Object(target, types, flags.Value | TagsOf(types, type));
    }

    private Value Object(int target, BtfSpec types, ValueFlags flags)
    {
        // Congestion control gets struct sock by its signature, and struct tcp_sock in truth.
        if (walk.Program.Type is ProgramType.StructOps && walk.Program.AttachTarget.StartsWith("tcp_congestion_ops:", StringComparison.Ordinal)
            && types.NameOf(target) is "sock" && types.TryFind(BtfKind.Struct, "tcp_sock", out int tcp)) target = tcp;
        var value = Value.Pointer(ValueKind.Btf, flags, walk.Made(OriginKind.Load)) with { Type = new(types, target) };
        return value.MayBeNull ? value with { Id = walk.NewId() } : value;
    }

    private static bool PointsToStruct(BtfSpec types, int pointer, out int target)
    {
        target = types.Resolve(((BtfType.Pointer)types[pointer]).Target);
        return types.KindOf(target) is BtfKind.Struct or BtfKind.Union;
    }

    private static ValueFlags TagsOf(BtfSpec types, int pointer)
    {
        var flags = ValueFlags.None;
        for (int id = ((BtfType.Pointer)types[pointer]).Target; ;)
        {
            switch (types[id])
            {
                case BtfType.TypeTag tag:
                    flags |= tag.Name switch { "user" => ValueFlags.User, "percpu" => ValueFlags.PerCpu, _ => ValueFlags.None };
                    id = tag.Target;
                    break;
                case BtfType.Const x: id = x.Target; break;
                case BtfType.Volatile x: id = x.Target; break;
                case BtfType.Typedef x: id = x.Target; break;
                default: return flags;
            }
        }
    }
}
