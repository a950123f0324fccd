// SPDX-License-Identifier: MIT
using System.CommandLine;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Generation;

/// <summary>Describes <c>ruche bpf gen …</c>.</summary>
internal static class GenerationCommands
{
    /// <summary>The types to write.</summary>
    public static Option<string?> Types { get; } = new("--types") { Description = "Only these types, and what they need", HelpName = "NAME,…" };

    /// <summary>The language to write them in.</summary>
    public static Option<string?> Format { get; } = MakeFormat();

    /// <summary>The file to read them from.</summary>
    public static Option<string?> Btf { get; } = new("--btf") { Description = "Read the types from this file instead of the running kernel", HelpName = "FILE" };

    /// <summary>The namespace of a skeleton.</summary>
    public static Option<string?> Namespace { get; } = new("--namespace") { Description = "The namespace of the class; none by default", HelpName = "NAME" };

    /// <summary>The namespace of types.</summary>
    public static Option<string?> TypesNamespace { get; } = new("--namespace") { Description = "The namespace of C# types (default: Vmlinux)", HelpName = "NAME" };

    /// <summary>The file to write types to.</summary>
    public static Option<string?> OutputFile { get; } = new("-o") { Description = "Write to a file; its ending chooses the language: .h or .cs", HelpName = "FILE" };

    /// <summary>The group.</summary>
    public static Command Create() => WordCommand.Group("bpf gen", "Write source and objects", "vmlinux --types task_struct",
        WordCommand.Create("bpf gen vmlinux", "Write the kernel's types as C or C#", "", "--types task_struct,sock -o Vmlinux.cs", GenerateTypes.Run, Types, OutputFile, Format, TypesNamespace, Btf),
        WordCommand.Create("bpf gen skeleton", "Write a C# class that holds an object, with typed maps and variables", "OBJECT [name NAME]", "counter.bpf.o name counter --namespace My.Tool", GenerateSkeleton.Run, Namespace, Types),
        WordCommand.Create("bpf gen object", "Link objects into one", "OUTPUT INPUT…", "all.bpf.o one.bpf.o two.bpf.o", LinkObjects.Run),
        WordCommand.Create("bpf gen min_core_btf", "Write only those types that objects are relocated against", "INPUT OUTPUT OBJECT…", "/sys/kernel/btf/vmlinux small.btf tracer.bpf.o", CutTypes.Run));

    private static Option<string?> MakeFormat()
    {
        Option<string?> format = new("--format") { Description = "c (default), csharp, or kernel-csharp for programs in the kernel", HelpName = "LANGUAGE" };
        format.AcceptOnlyFromAmong("c", "csharp", "kernel-csharp");
        return format;
    }
}
