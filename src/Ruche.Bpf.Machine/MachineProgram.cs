// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;

namespace Ruche.Bpf.Machine;

/// <summary>
/// A program that is ready to run in this process. It is memory-safe whatever its code does: a bad access, a bad call or an endless
/// loop ends the run with a report. Immutable; any number of threads may run it.
/// </summary>
public sealed class MachineProgram
{
    private readonly long _budget;
    private readonly CompiledCode? _compiled;

    private MachineProgram(ImmutableArray<Instruction> instructions, DecodedInstruction[] code, MachineOptions options)
    {
        if (options.Engine is not MachineEngine.Interpreter && CompiledCode.IsSupported) _compiled = CompiledCode.Of(code, options.IsTrusted);
        (Instructions, Code, Helpers, _budget) = (instructions, code, options.Helpers, options.Budget);
        Name = options.Name;
    }

    /// <summary>What diagnostics call it.</summary>
    public string Name { get; }

    /// <summary>The code.</summary>
    public ImmutableArray<Instruction> Instructions { get; }

    internal DecodedInstruction[] Code { get; }

    internal HelperTable Helpers { get; }

    /// <summary>Takes a linked program.</summary>
    /// <exception cref="InvalidObjectException">The code is not valid, or needs something that the machine does not have.</exception>
    public static MachineProgram Load(ImmutableArray<Instruction> instructions, MachineOptions? options = null)
    {
        options ??= new();
        DiagnosticBag diagnostics = new();
        if (!InstructionValidator.Validate(instructions.AsSpan(), diagnostics, new() { File = options.Name })) diagnostics.ThrowIfErrors();
        var code = new Decoder(instructions, options.Helpers, diagnostics, options.Name).Decode();
        diagnostics.ThrowIfErrors();
        return new(instructions, code, options);
    }

    /// <summary>Runs with the address of <paramref name="memory"/> in R1 and its length in R2. The program may read and write it.</summary>
    public unsafe RunResult Run(Span<byte> memory)
    {
        // SAFETY: the memory stays where it is while the program runs, and the program reaches nothing beside it.
        fixed (byte* start = memory)
        {
            MemoryMap map = new();
            map.Add(new("memory", (ulong)start, (ulong)memory.Length, MemoryRights.ReadWrite));
            return _compiled is null
                ? Interpreter.Run(this, map, (ulong)start, (ulong)memory.Length, _budget)
                : CompiledRun.Run(this, _compiled.Entry, map, (ulong)start, (ulong)memory.Length, _budget);
        }
    }
}
