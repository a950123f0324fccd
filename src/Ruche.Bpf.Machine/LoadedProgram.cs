// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Ruche.Bpf.Machine.Contexts;
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Maps;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Machine.Runs;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Machine;

/// <summary>A program of an object in a machine. Any number of threads may run it.</summary>
public sealed class LoadedProgram
{
    internal LoadedProgram(ProgramSpec spec, MachineProgram code) => (Spec, Code) = (spec, code);

    /// <summary>What the object says of it.</summary>
    public ProgramSpec Spec { get; }

    /// <summary>Its name.</summary>
    public string Name => Spec.Name;

    /// <summary>Its type.</summary>
    public ProgramType Type => Spec.Type;

    /// <summary>The code, without a context.</summary>
    public MachineProgram Code { get; }

    /// <summary>The number of the program in this process: what arrays of programs are given and answer with.</summary>
    public uint Id => MachineObjects.IdOf(Code);

    /// <summary>
    /// Runs on a packet (of programs on packets), the value of an option (of those on socket options), or a record, which is the context
    /// (of tracing programs: the bytes of the trace point).
    /// </summary>
    public MachineRun Run(ReadOnlySpan<byte> data = default)
    {
        if (ContextLayout.Of(Type) is not { } layout) return RunOnRecord(data);
        return Run(layout, data, new byte[layout.Size], hasContext: false);
    }

    /// <summary>Runs on a packet or another kind of data, and a context whose fields are given, such as <see cref="SkBuff"/>.</summary>
    /// <exception cref="ArgumentException">Programs of this type have another context.</exception>
    public MachineRun Run<TContext>(ReadOnlySpan<byte> data, in TContext context)
        where TContext : unmanaged
    {
        byte[] fields = MemoryMarshal.AsBytes(new ReadOnlySpan<TContext>(in context)).ToArray();
        if (ContextLayout.Of(Type) is not { } layout)
        {
            if (data.Length > 0) throw new ArgumentException($"{Type} programs take nothing beside their context", nameof(data));
            return RunOnRecord(fields);
        }

        if (fields.Length != layout.Size)
            throw new ArgumentException($"the context of {Type} programs is {layout.Name} of {layout.Size} bytes, but {typeof(TContext).Name} has {fields.Length}", nameof(context));
        return Run(layout, data, fields, hasContext: true);
    }

    /// <summary>Runs on a context whose fields are given, such as <see cref="PtRegs"/>, or on a record.</summary>
    /// <exception cref="ArgumentException">Programs of this type have another context.</exception>
    public MachineRun Run<TContext>(in TContext context)
        where TContext : unmanaged => Run([], in context);

    /// <summary>Runs with the arguments of a raw trace point or of a traced function, eight bytes each.</summary>
    public MachineRun RunWith(params ReadOnlySpan<ulong> arguments) => RunOnRecord(MemoryMarshal.AsBytes(arguments));

    private unsafe MachineRun RunOnRecord(ReadOnlySpan<byte> record)
    {
        // A program may be given nothing, and still be told where that is.
        byte[] copy = new byte[Math.Max(record.Length, sizeof(ulong))];
        record.CopyTo(copy);
        var rights = Type is ProgramType.Syscall or ProgramType.RawTracepointWritable ? MemoryRights.ReadWrite : MemoryRights.Read;
        // SAFETY: the record stays where it is while the program runs, and the program reaches nothing beside it.
        fixed (byte* start = copy)
        {
            var space = RunSpace.Take(Code);
            space.Memory.Add(new("context", (ulong)start, (ulong)record.Length, rights));
            var result = space.Run((ulong)start, 0);
            MachineRun run = new(result, record.Length == copy.Length ? copy : [], [], space.EffectsOrNone);
            Finish(space);
            return run;
        }
    }

    private unsafe MachineRun Run(ContextLayout layout, ReadOnlySpan<byte> data, byte[] context, bool hasContext)
    {
        byte[] value = layout.Data is ContextData.OptionValue ? data.ToArray() : [];
        // SAFETY: context and value stay where they are while the program runs, and the program reaches nothing beside them.
        fixed (byte* fields = context, option = value)
        {
            var space = RunSpace.Take(Code);
            var packet = layout.Data is ContextData.None or ContextData.OptionValue ? null : ContextPreparation.Load(space.Frames, layout.Data, data, context, hasContext);
            if (layout.Data is ContextData.OptionValue) ContextPreparation.Place(context, (ulong)option, value.Length);
            space.Memory.Add(new("context", (ulong)fields, (ulong)context.Length, MemoryRights.Read));
            foreach (var (start, end) in layout.Writable) space.Memory.Add(new("context", (ulong)fields + (ulong)start, (ulong)(end - start), MemoryRights.ReadWrite));
            space.Memory.Add(new("option value", (ulong)option, (ulong)value.Length, MemoryRights.ReadWrite));
            space.Surround(layout, (ulong)fields, packet);
            var result = space.Run((ulong)fields, 0);
            byte[] after = packet is null ? value : ContextPreparation.Unload(packet, layout.Data);
            MachineRun run = new(result, after, context, space.EffectsOrNone) { Metadata = packet?.MetadataBytes.ToArray() ?? [] };
            Finish(space);
            return run;
        }
    }

    private void Finish(RunSpace space)
    {
        space.Give();
        GC.KeepAlive(this);
    }
}
