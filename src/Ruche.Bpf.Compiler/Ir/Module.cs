// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Compiler.Ir;

/// <summary>What is compiled into one object: functions and maps.</summary>
public sealed class Module(string name)
{
    /// <summary>What the object will be called.</summary>
    public string Name { get; } = name;

    /// <summary>The licence that the programs declare to the kernel.</summary>
    public string License { get; init; } = "Dual MIT/GPL";

    /// <summary>The maps, sections of global variables among them.</summary>
    public List<MapSpec> Maps { get; } = [];

    /// <summary>Sections of constants whose contents nobody changes between the compilation and the load: what is read from them is known.</summary>
    public HashSet<string> FixedSections { get; } = [];

    /// <summary>The types of a kernel in which fields and questions are named; needed when there are any. The object gets an excerpt.</summary>
    public BtfSpec? KernelTypes { get; set; }

    /// <summary>The types of keys, values and global variables, which the maps name by their ids; the object has them all.</summary>
    public BtfSpec? DataTypes { get; set; }

    /// <summary>The global variables that user space may read and write by name; their types are of <see cref="DataTypes"/>.</summary>
    public List<GlobalSpec> Globals { get; } = [];

    /// <summary>The functions.</summary>
    public List<Function> Functions { get; } = [];

    /// <summary>
    /// A function that is called with each answer that programs get from outside, see <see cref="AnswerWord"/>; null when nobody wants to know.
    /// </summary>
    public string? AnswerSink { get; set; }
}
