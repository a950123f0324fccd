// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf.Machine.Surroundings;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;

namespace Ruche.Bpf.Machine.Code;

/// <summary>A program whose references are filled in, and what it is loaded with.</summary>
internal sealed record ProgramImage
{
    public required string Name { get; init; }

    public required ImmutableArray<Instruction> Instructions { get; init; }

    /// <summary>What kind of program it is; nothing when it is code alone.</summary>
    public ProgramType Type { get; init; }

    public required HelperTable Helpers { get; init; }

    public required MachineEnvironment Environment { get; init; }

    public MachineEngine Engine { get; init; }

    /// <summary>Is told of each instruction.</summary>
    public IRunObserver? Observer { get; init; }

    /// <summary>Whether a verifier has accepted it.</summary>
    public bool IsTrusted { get; init; }

    public long Budget { get; init; }

    /// <summary>The names of functions of the kernel, by the slots that call them.</summary>
    public IReadOnlyDictionary<int, string> KernelCalls { get; init; } = new Dictionary<int, string>();

    /// <summary>The slot of the function that is called when the program throws.</summary>
    public int? ExceptionHandler { get; init; }

    /// <summary>Says the source line of a slot.</summary>
    public Func<int, SourceLine?>? SourceOf { get; init; }
}
