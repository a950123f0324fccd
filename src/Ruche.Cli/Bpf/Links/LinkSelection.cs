// SPDX-License-Identifier: MIT
using Ruche.Bpf;
using Ruche.Bpf.Links;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Links;

/// <summary>Opens the link that words name.</summary>
internal static class LinkSelection
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = "id N | pinned PATH";

    /// <summary>Opens the link. Closing it does not end it: see <see cref="Close"/>.</summary>
    public static KernelLink TakeOne(CommandWords words)
    {
        string by = words.Take("the link");
        switch (by)
        {
            case "id":
                uint id = words.TakeNumber("id");
                return BpfLink.TryOpenById(id)
                    ?? throw new CommandFailure(ExitCode.Failed, $"there is no link with id {id}; 'ruche bpf link list' shows those there are");
            case "pinned":
                return OpenPinned(words.Take("path"));
            default:
                throw words.Refuse($"'{by}' does not name a link");
        }
    }

    /// <summary>Lets go of a link that was only looked at. Disposing it would detach it.</summary>
    public static void Close(KernelLink link) => link.Fd.Dispose();

    private static KernelLink OpenPinned(string path)
    {
        try
        {
            return BpfLink.OpenPinned(path);
        }
        catch (BpfException e) when (e.Errno is Errno.ENOENT)
        {
            throw new CommandFailure(ExitCode.Failed, $"nothing is pinned at {path}; 'ruche bpf link list --pinned' shows what is");
        }
    }
}
