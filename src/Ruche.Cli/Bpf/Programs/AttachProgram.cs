// SPDX-License-Identifier: MIT
using Ruche.Bpf.Attachments;
using Ruche.Bpf.Maps;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Programs;
using Ruche.Cli.Bpf.Maps;
using Ruche.Cli.Bpf.Words;

namespace Ruche.Cli.Bpf.Programs;

/// <summary><c>ruche bpf prog attach</c> and <c>detach</c>: programs on the sockets of a map, and the flow dissector.</summary>
internal static class AttachProgram
{
    /// <summary>How the words are written.</summary>
    public const string Syntax =
        $"({ProgramSelection.Syntax}) ((sk_msg_verdict|sk_skb_verdict|sk_skb_stream_verdict|sk_skb_stream_parser) {MapSelection.Short} | flow_dissector)";

    /// <summary>Attaches; it stays until it is detached or the map is gone.</summary>
    public static int Attach(Invocation call) => Run(call, DirectAttachment.AttachToMap, DirectAttachment.AttachFlowDissector);

    /// <summary>Detaches.</summary>
    public static int Detach(Invocation call) => Run(call, DirectAttachment.DetachFromMap, DirectAttachment.DetachFlowDissector);

    private static int Run(Invocation call, Action<BpfProgram, BpfMap, AttachType> onMap, Action<BpfProgram> asDissector)
    {
        using BpfProgram program = ProgramSelection.TakeOne(call.Words);
        if (call.Words.TryTake("flow_dissector"))
        {
            call.Words.End();
            asDissector(program);
            return ExitCode.Done;
        }

        AttachType hook = TakeMapHook(call.Words);
        using BpfMap map = MapSelection.TakeOne(call.Words);
        call.Words.End();
        onMap(program, map, hook);
        return ExitCode.Done;
    }

    private static AttachType TakeMapHook(CommandWords words)
    {
        string name = words.Take("the attach type");
        return name switch
        {
            "sk_msg_verdict" or "msg_verdict" => AttachType.SkMsgVerdict,
            "sk_skb_verdict" or "skb_verdict" => AttachType.SkSkbVerdict,
            "sk_skb_stream_verdict" or "stream_verdict" => AttachType.SkSkbStreamVerdict,
            "sk_skb_stream_parser" or "stream_parser" => AttachType.SkSkbStreamParser,
            _ => throw words.Refuse($"there is no attach type '{name}' for maps"),
        };
    }
}
