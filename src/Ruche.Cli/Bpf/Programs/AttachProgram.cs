// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog attach</c> and <c>detach</c>: programs on the sockets of a map.</summary>
internal static class AttachProgram
{
    /// <summary>How the words are written.</summary>
    public const string Syntax = $"({ProgramSelection.Syntax}) (sk_msg_verdict|sk_skb_verdict|sk_skb_stream_verdict|sk_skb_stream_parser) {MapSelection.Short}";

    /// <summary>Attaches; it stays until it is detached or the map is gone.</summary>
    public static int Attach(Invocation call) => Run(call, DirectAttachment.AttachToMap);

    /// <summary>Detaches.</summary>
    public static int Detach(Invocation call) => Run(call, DirectAttachment.DetachFromMap);

    private static int Run(Invocation call, Action<BpfProgram, BpfMap, AttachType> change)
    {
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        string name = call.Words.Take("the attach type");
        AttachType hook = name switch
        {
            "sk_msg_verdict" or "msg_verdict" => AttachType.SkMsgVerdict,
            "sk_skb_verdict" or "skb_verdict" => AttachType.SkSkbVerdict,
            "sk_skb_stream_verdict" or "stream_verdict" => AttachType.SkSkbStreamVerdict,
            "sk_skb_stream_parser" or "stream_parser" => AttachType.SkSkbStreamParser,
            _ => throw call.Words.Refuse($"there is no attach type '{name}' for maps"),
        };
        using BpfMap map = MapSelection.TakeOne(call.Words);
        call.Words.End();
        change(program, map, hook);
        return ExitCode.Done;
    }
}
