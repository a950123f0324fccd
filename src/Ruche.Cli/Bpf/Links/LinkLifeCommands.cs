// SPDX-License-Identifier: MIT
using Ruche.Bpf.Links;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Links;

/// <summary>Pins and detaches links.</summary>
internal static class LinkLifeCommands
{
    /// <summary><c>ruche bpf link pin</c>: keeps the link when its process ends.</summary>
    public static int Pin(Invocation call)
    {
        KernelLink link = LinkSelection.TakeOne(call.Words);
        try
        {
            string path = call.Words.Take("the path");
            call.Words.End();
            link.Pin(path);
            return ExitCode.Done;
        }
        finally
        {
            LinkSelection.Close(link);
        }
    }

    /// <summary><c>ruche bpf link detach</c>: ends the attachment, whoever holds the link.</summary>
    public static int Detach(Invocation call)
    {
        KernelLink link = LinkSelection.TakeOne(call.Words);
        try
        {
            call.Words.End();
            link.DetachForAll();
            return ExitCode.Done;
        }
        finally
        {
            LinkSelection.Close(link);
        }
    }
}
