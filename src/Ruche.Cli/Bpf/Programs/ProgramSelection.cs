// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary>Opens the programs that words name.</summary>
internal static class ProgramSelection
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "id N | name NAME | tag TAG | pinned PATH";

    /// <summary>Opens exactly one program. The caller disposes it.</summary>
    public static BpfProgram TakeOne(CommandWords words)
    {
        List<BpfProgram> found = TakeSome(words);
        if (found.Count == 1) return found[0];
        string ids = string.Join(", ", found.Select(program => program.Id));
        foreach (BpfProgram program in found) program.Dispose();
        throw new CommandFailure(ExitCode.Usage, $"several programs fit: {ids}; name one by its id");
    }

    /// <summary>Opens the programs that fit: at least one. The caller disposes each.</summary>
    public static List<BpfProgram> TakeSome(CommandWords words)
    {
        string by = words.Take("the program");
        switch (by)
        {
            case "id":
                uint id = words.TakeNumber("id");
                return [BpfProgram.TryOpenById(id) ?? throw None($"id {id}")];
            case "pinned":
                return [OpenPinned(words.Take("path"))];
            case "name":
                string name = words.Take("name");
                return Matching(info => info.Name == name || name.Length > NameLength && info.Name == name[..NameLength], $"name '{name}'");
            case "tag":
                string tag = words.Take("tag");
                return Matching(info => info.Tag == tag, $"tag {tag}");
            default:
                throw words.Refuse($"'{by}' does not name a program");
        }
    }

    // What the kernel keeps of a name.
    private const int NameLength = 15;

    private static List<BpfProgram> Matching(Func<ProgramInfo, bool> fits, string what)
    {
        List<BpfProgram> found = [];
        foreach (uint id in BpfProgram.EnumerateIds())
        {
            if (BpfProgram.TryOpenById(id) is not { } program) continue;
            if (fits(program.GetInfo())) found.Add(program);
            else program.Dispose();
        }

        return found.Count > 0 ? found : throw None(what);
    }

    private static BpfProgram OpenPinned(string path)
    {
        try
        {
            return BpfProgram.OpenPinned(path);
        }
        catch (BpfException e) when (e.Errno is Errno.ENOENT)
        {
            throw new CommandFailure(ExitCode.Failed, $"nothing is pinned at {path}; 'ruche bpf prog list --pinned' shows what is");
        }
    }

    private static CommandFailure None(string what) => new(ExitCode.Failed, $"there is no program with {what}; 'ruche bpf prog list' shows those there are");
}
