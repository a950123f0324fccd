// SPDX-License-Identifier: MIT
using Ruche.Bpf.Loading;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Pins;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Words;
using Ruche.Cli.Run;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog load</c> and <c>loadall</c>: loads an object and leaves its programs pinned.</summary>
internal static class LoadPrograms
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"FILE PATH {LoadChoices.Syntax}";

    /// <summary>Loads the first program and pins it at the path.</summary>
    public static Task<int> LoadAsync(Invocation call, CancellationToken ct) => RunAsync(call, isAll: false, ct);

    /// <summary>Loads every program and pins each below the path, by its name.</summary>
    public static Task<int> LoadAllAsync(Invocation call, CancellationToken ct) => RunAsync(call, isAll: true, ct);

    private static async Task<int> RunAsync(Invocation call, bool isAll, CancellationToken ct)
    {
        string file = call.Words.Take("the object");
        string path = call.Words.Take("the path");
        using LoadChoices choices = new();
        choices.Take(call.Words);
        List<string> pins = [];
        try
        {
            ObjectSpec spec = choices.Apply(await ObjectSource.OpenAsync(file, ct));
            if (spec.Programs.IsEmpty) throw new CommandFailure(ExitCode.Failed, $"'{file}' has no programs");
            using var loading = BpfObject.Open(isAll ? spec : OnlyFirst(spec), choices.Options(spec));
            loading.Load();
            if (choices.Attaches) PinLinks(loading, path, isAll, pins);
            else PinPrograms(loading, path, isAll, pins);
            if (choices.MapDirectory is { } directory) PinMaps(loading, directory, pins);
            return ExitCode.Done;
        }
        catch
        {
            foreach (string pin in pins) BpfPins.Remove(pin);
            throw;
        }
    }

    private static ObjectSpec OnlyFirst(ObjectSpec spec) => spec with { Programs = [.. spec.Programs.Select((program, i) => program with { AutoLoad = i == 0 })] };

    private static void PinPrograms(BpfObject loaded, string path, bool isAll, List<string> pins)
    {
        foreach (BpfProgram program in loaded.Programs.Values)
        {
            string pin = isAll ? Path.Join(path, program.Name) : path;
            program.Pin(pin);
            pins.Add(pin);
        }
    }

    private static void PinLinks(BpfObject loaded, string path, bool isAll, List<string> pins)
    {
        foreach (AttachOutcome outcome in loaded.Attach())
        {
            if (outcome.Link is not { } link) throw new CommandFailure(ExitCode.Failed, $"did not attach {outcome.Program.Name}: {outcome.Reason}");
            string pin = isAll ? Path.Join(path, outcome.Program.Name) : path;
            link.Pin(pin);
            pins.Add(pin);
        }
    }

    private static void PinMaps(BpfObject loaded, string directory, List<string> pins)
    {
        foreach (BpfMap map in loaded.Maps.Values)
        {
            string pin = Path.Join(directory, map.Name.Replace('.', '_'));
            map.Pin(pin);
            pins.Add(pin);
        }
    }
}
