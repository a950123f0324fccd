// SPDX-License-Identifier: MIT
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Build;

/// <summary>The task of MSBuild: makes objects of an assembly's kernel programs, writes them beside it and into it.</summary>
public sealed class CompileKernelPrograms : Microsoft.Build.Utilities.Task
{
    /// <summary>The assembly, just compiled.</summary>
    [Required]
    public string Assembly { get; set; } = "";

    /// <summary>What it refers to.</summary>
    public ITaskItem[] References { get; set; } = [];

    /// <summary>Where the objects go, each as NAME.bpf.o.</summary>
    [Required]
    public string Folder { get; set; } = "";

    /// <summary>The oldest kernel that the programs are to load on.</summary>
    [Required]
    public string KernelFloor { get; set; } = "";

    /// <summary>The types of a kernel, as BTF, that programs which use the kernel's own types are verified with; empty when there are none.</summary>
    public string KernelTypes { get; set; } = "";

    /// <summary>Whether kernels' verdicts are predicted.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>The files of the objects.</summary>
    [Output]
    public ITaskItem[] Objects { get; private set; } = [];

    /// <inheritdoc/>
    public override bool Execute()
    {
        DiagnosticBag diagnostics = new();
        var objects = new ObjectBuild(diagnostics) { KernelTypes = KernelTypes, Verifies = Verifies }.Run(Assembly, [.. References.Select(r => r.ItemSpec)], KernelFloor);
        foreach (var diagnostic in diagnostics.Items) Report(diagnostic);
        if (Log.HasLoggedErrors) return false;
        Objects = [.. ObjectFolder.Write(Folder, objects).Select(f => new TaskItem(f))];
        AssemblyResource.Replace(Assembly, Ruche.Bpf.Objects.Specs.EmbeddedObjects.ResourceName, Ruche.Bpf.Objects.Specs.EmbeddedObjects.Pack(objects));
        return true;
    }

    // One line each: MSBuild's loggers and editors take a message apart at its end.
    private void Report(Diagnostic diagnostic)
    {
        string message = string.Join("; ", [diagnostic.Message, .. diagnostic.Notes]);
        var (file, line, column) = diagnostic.Where is Location.Text place ? (place.File, place.Line, place.Column) : (Assembly, 0, 0);
        if (diagnostic.Severity is Severity.Error) Log.LogError(null, diagnostic.Id, null, null, file, line, column, 0, 0, "{0}", message);
        else if (diagnostic.Severity is Severity.Info) Log.LogMessage(null, diagnostic.Id, null, file, line, column, 0, 0, MessageImportance.High, "{0}", message);
        else Log.LogWarning(null, diagnostic.Id, null, null, file, line, column, 0, 0, "{0}", message);
    }
}
