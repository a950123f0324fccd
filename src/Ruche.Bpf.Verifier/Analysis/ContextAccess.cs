// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Verifier.Contexts;
using Ruche.Bpf.Verifier.Rules;
using Ruche.Bpf.Verifier.Values;

namespace Ruche.Bpf.Verifier.Analysis;

/// <summary>Loads from and stores to the context, and to sockets.</summary>
internal sealed class ContextAccess(Walk walk)
{
    private readonly FunctionArguments _arguments = new(walk);

    public Value Access(Value pointer, string name, int offset, int size, bool isWrite, bool isSigned)
    {
        if (!pointer.Range.IsConstant && !(walk.Program.Type is ProgramType.Syscall && walk.Profile.Has(6, 19)))
            Walk.Reject(VerifierRules.ContextAccess, $"{name} points into the context with an offset that is not known: {Describe.Range(pointer.Range)}", pointer);
        if (walk.Program.Type is ProgramType.Syscall)
        {
            if (!walk.Profile.Has(6, 19) && (offset + pointer.Offset + (int)pointer.Range.Bits.Value) % size != 0)
                Walk.Reject(VerifierRules.ContextAccess, $"{size} bytes at {offset + pointer.Offset} of the context are not aligned", pointer);
            MemoryAccess.CheckBounds(pointer, name, offset, size, ushort.MaxValue, mayBeEmpty: false);
            return walk.Unknown(OriginKind.Load);
        }

        int at = offset + pointer.Offset + (int)pointer.Range.Bits.Value;
        bool isMoved = pointer.Offset != 0 || pointer.Range.Bits.Value != 0;
        // Accesses are rewritten for the kernel's own structs, which needs their offset in the instruction.
        if (isMoved && !MayBeMoved(isWrite))
            Walk.Reject(VerifierRules.ContextAccess, $"{name} points {at - offset} bytes into the context; it must point to its start", pointer, "do not let the compiler keep `ctx + offset` in a variable; barrier_var(ctx) helps");
        if (!ContextRules.Covers(walk.Program.Type)) return _arguments.Access(pointer, name, at, size, isWrite);
        var answer = ContextRules.Check(new(walk.Program.Type, walk.Program.Attach, at, size, isWrite, walk.Profile.Release) { IsSignExtended = isSigned, IsUnprivileged = !walk.Profile.IsPrivileged });
        if (!answer.IsAllowed) Walk.Reject(VerifierRules.ContextAccess, $"{name} + {at}: {answer.Refusal}", pointer);
        return isWrite ? Value.Unwritten : Loaded(answer, size);
    }

    private bool MayBeMoved(bool isWrite) => walk.Program.Type switch
    {
        ProgramType.Syscall => true,
        ProgramType.Kprobe or ProgramType.Tracepoint or ProgramType.RawTracepoint or ProgramType.RawTracepointWritable
            or ProgramType.CgroupDevice or ProgramType.LircMode2 or ProgramType.Netfilter => walk.Profile.Has(6, 19),
        _ => !ContextRules.Covers(walk.Program.Type) && (walk.Profile.Has(6, 19) || (!isWrite && walk.Profile.Has(6, 10))),
    };

    public Value AccessSocket(Value pointer, string name, int offset, int size, bool isWrite)
    {
        if (isWrite && pointer.Kind is not ValueKind.FlowKeys)
            Walk.Reject(VerifierRules.ReadOnlyMemory, $"{name} is {Describe.Value(pointer)}, which this program may only read", pointer);
        if (!pointer.Range.IsConstant) Walk.Reject(VerifierRules.ContextAccess, $"{name} points into a socket with an offset that is not known: {Describe.Range(pointer.Range)}", pointer);
        int at = offset + pointer.Offset + (int)pointer.Range.Bits.Value;
        if (at < 0) Walk.Reject(VerifierRules.ContextAccess, $"{name} + {at} is before the start", pointer);
        var answer = SocketRules.Check(pointer.Kind, at, size, isWrite, walk.Profile.Release);
        if (!answer.IsAllowed) Walk.Reject(VerifierRules.ContextAccess, $"{name} + {at}: {answer.Refusal}", pointer);
        return isWrite ? Value.Unwritten : walk.Unknown(OriginKind.Load);
    }

    private Value Loaded(ContextAnswer answer, int size)
    {
        var origin = walk.Made(OriginKind.Load);
        if (answer.Kind is ValueKind.Scalar)
        {
            return answer.Range is { } range ? Value.Scalar(ScalarRange.Between(range.Least, range.Greatest), origin) : Value.Scalar(ScalarRange.OfBytes(size), origin);
        }

        var value = Value.Pointer(answer.Kind, answer.Flags, origin);
        if (value.MayBeNull) value = value with { Id = walk.NewId() };
        if (answer.TypeName is { } type && walk.Kernel is { } kernel && kernel.TryFind(Ruche.Bpf.Objects.Btf.BtfKind.Struct, type, out int id)) value = value with { Type = new(kernel, id) };
        return value;
    }
}
