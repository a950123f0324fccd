// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using Ruche.Bpf;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Profiles;
using Ruche.Bpf.Verifier.Programs;
using Ruche.Cli.Bpf.Listing;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.Verification;

/// <summary><c>ruche bpf verify</c>: what kernels will say about an object's programs.</summary>
internal static class VerifyObject
{
    /// <summary>Verifies the programs that were named, or all; fails when a kernel refuses one.</summary>
    public static async Task<int> RunAsync(Invocation call, CancellationToken ct)
    {
        string path = call.Words.Take("the object");
        List<string> names = [];
        while (!call.Words.IsEmpty) names.Add(call.Words.Take("a program"));
        var kernels = TargetKernels.Parse(call.Value(VerifyCommand.Kernel), isPrivileged: !call.Value(VerifyCommand.Unprivileged));
        var types = TargetKernels.TypesOf(call.Value(VerifyCommand.Types));
        var spec = await ObjectSource.OpenAsync(path, ct);
        var programs = Select(spec, names);
        ProgramReader reader = new(spec, types, KconfigOf(spec));
        List<ProgramVerdicts> verdicts = [];
        foreach (var program in programs)
        {
            ct.ThrowIfCancellationRequested();
            if (call.Value(VerifyCommand.States)) WriteStates(reader.Read(program), kernels[^1], types);
            verdicts.Add(Verify(program, reader.Read(program), kernels, types));
        }

        if (call.Format is OutputFormat.Text) VerdictText.Write(verdicts, call.Value(VerifyCommand.Explain), call.Value(VerifyCommand.Statistics));
        else ListingOutput.WriteJson(json => VerdictShape.Write(json, verdicts));
        return verdicts.All(v => v.Verdicts.All(x => x.IsAccepted)) ? ExitCode.Done : ExitCode.Failed;
    }

    private static ProgramVerdicts Verify(ProgramSpec spec, VerifierProgram program, IReadOnlyList<KernelProfile> kernels, BtfSpec? types) =>
        new(spec, [.. kernels.Select(k => ProgramVerifier.Verify(program, new() { Kernel = k, KernelTypes = types }))]);

    private static void WriteStates(VerifierProgram program, KernelProfile kernel, BtfSpec? types) =>
        ProgramVerifier.Verify(program, new() { Kernel = kernel, KernelTypes = types }, StateLines.Writer(program));

    private static ImmutableArray<ProgramSpec> Select(ObjectSpec spec, List<string> names)
    {
        if (names.Count == 0) return spec.Programs.IsEmpty ? throw new CommandFailure(ExitCode.Failed, $"'{spec.Name}' has no programs") : spec.Programs;
        foreach (string name in names)
        {
            if (!spec.Programs.Any(p => p.Name == name))
                throw new CommandFailure(ExitCode.Usage, $"'{spec.Name}' has no program '{name}'; it has {string.Join(", ", spec.Programs.Select(p => $"'{p.Name}'"))}");
        }

        return [.. spec.Programs.Where(p => names.Contains(p.Name))];
    }

    // What the running kernel does not tell stays open: the programs are proven for any value.
    private static ImmutableArray<byte> KconfigOf(ObjectSpec spec)
    {
        try
        {
            return OperatingSystem.IsLinux() ? KconfigValues.Of(spec) : [];
        }
        catch (BpfException e)
        {
            Console.Error.WriteLine($"ruche: {e.Message}; proven for any value");
            return [];
        }
    }
}
