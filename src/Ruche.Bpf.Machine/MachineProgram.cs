// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Machine.Code;
using Ruche.Bpf.Machine.Compilation;
using Ruche.Bpf.Machine.Execution;
using Ruche.Bpf.Machine.Memory;
using Ruche.Bpf.Machine.Surroundings;
using Ruche.Bpf.Objects.Diagnostics;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Machine;

/// <summary>
/// A program that is ready to run in this process. It is memory-safe whatever its code does: a bad access, a bad call or an endless
/// loop ends the run with a report. Immutable; any number of threads may run it.
/// </summary>
public sealed class MachineProgram
{
    private readonly ProgramImage _image;
    private readonly FunctionTable _functions;
    private readonly CompiledCode? _direct; // code that wants nothing of a run

    private MachineProgram(ProgramImage image, DecodedInstruction[] code)
    {
        (_image, Code, Helpers, Environment, Budget) = (image, code, image.Helpers, image.Environment, image.Budget);
        _functions = new(code, image.ExceptionHandler);
        StackInUse = _functions.CallsFunctions ? RunLimits.StackBytes : RunLimits.FrameBytes;
        ExceptionHandler = image.ExceptionHandler is { } slot ? FunctionAddresses.Of(slot) : null;
        if (image.Engine is not MachineEngine.Interpreter && image.Observer is null && CompiledCode.IsSupported) Compiled = CompiledCode.Of(code, image.ExceptionHandler, Environment.Memory.Maps, image.IsTrusted);
        if (Compiled is { IsDirect: true }) _direct = Compiled;
    }

    /// <summary>What diagnostics call it.</summary>
    public string Name => _image.Name;

    /// <summary>The code.</summary>
    public ImmutableArray<Instruction> Instructions => _image.Instructions;

    /// <summary>Whether its machine code runs without checks, because it is trusted or was verified.</summary>
    public bool IsTrusted => _image.IsTrusted;

    internal DecodedInstruction[] Code { get; }

    internal HelperTable Helpers { get; }

    internal MachineEnvironment Environment { get; }

    internal IRunObserver? Observer => _image.Observer;

    internal long Budget { get; }

    internal CompiledCode? Compiled { get; }

    /// <summary>How many bytes of stack its functions may have at most.</summary>
    internal int StackInUse { get; }

    /// <summary>The address of the function that is called when the program throws.</summary>
    internal ulong? ExceptionHandler { get; }

    /// <summary>Takes a linked program.</summary>
    /// <exception cref="InvalidObjectException">The code is not valid, or needs something that the machine does not have.</exception>
    public static MachineProgram Load(ImmutableArray<Instruction> instructions, MachineOptions? options = null)
    {
        options ??= new();
        return Load(new()
        {
            Name = options.Name,
            Instructions = instructions,
            Helpers = options.Helpers,
            Engine = options.Engine,
            IsTrusted = options.IsTrusted,
            Observer = options.Observer,
            Budget = options.Budget,
            Environment = new(options),
        });
    }

    internal static MachineProgram Load(ProgramImage image)
    {
        DiagnosticBag diagnostics = new();
        if (!InstructionValidator.Validate(image.Instructions.AsSpan(), diagnostics, new() { File = image.Name })) diagnostics.ThrowIfErrors();
        var code = new Decoder(image, diagnostics).Decode();
        diagnostics.ThrowIfErrors();
        return new(image, code);
    }

    /// <summary>Runs with the address of <paramref name="memory"/> in R1 and its length in R2. The program may read and write it.</summary>
    public unsafe RunResult Run(Span<byte> memory)
    {
        if (_direct is { } direct)
        {
            // SAFETY: as below, except that nobody but the verifier says so.
            fixed (byte* start = memory)
            {
                ulong value = CompiledRun.RunDirectly(direct, (ulong)start, (ulong)memory.Length);
                return new(value, 0, null);
            }
        }

        // SAFETY: the memory stays where it is while the program runs, and the program reaches nothing beside it.
        fixed (byte* start = memory)
        {
            var space = RunSpace.Take(this);
            space.Memory.Add(new("memory", (ulong)start, (ulong)memory.Length, MemoryRights.ReadWrite));
            var result = space.Run((ulong)start, (ulong)memory.Length);
            space.Give();
            GC.KeepAlive(this);
            return result;
        }
    }

    /// <summary>Where the function of an address begins; null when the program has not taken that address.</summary>
    internal int? FunctionAt(ulong address) => _functions.At(address);

    internal int LengthOf(int function) => _functions.LengthOf(function);

    /// <summary>The source line that an instruction comes from; null when unknown.</summary>
    public SourceLine? SourceOf(int slot) => _image.SourceOf?.Invoke(slot);
}
