// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using Ruche.Bpf.Netlink;

namespace Ruche.Bpf.Attachments;

/// <summary>Finds the programs of BPF filters over route netlink.</summary>
internal static class ClassifierPrograms
{
    private const int FixedSize = 20;
    private const ushort NewFilter = 44;
    private const ushort GetFilter = 46;
    private const ushort Kind = 1;
    private const ushort Options = 2;
    private const ushort BpfName = 7;
    private const ushort BpfProgramId = 11;

    /// <summary>The programs of one direction of an interface; none when it has no clsact.</summary>
    public static List<(uint Id, string Name)> Find(NetlinkSocket socket, int index, uint parent)
    {
        NetlinkWriter request = new(stackalloc byte[256], GetFilter, NetlinkFlags.Request | NetlinkFlags.Dump);
        request.Fixed(new TrafficMessage { Index = index, Parent = parent });
        List<(uint Id, string Name)> found = [];
        NetlinkResult result = socket.Request(ref request, (type, body) =>
        {
            if (type == NewFilter && body.Length >= FixedSize && IsOf(body, parent) && Read(new(body[FixedSize..])) is { Id: > 0 } program) found.Add(program);
        });
        result.ThrowIfFailed($"list the filters of interface {index}");
        return found;
    }

    // Without clsact the kernel answers with the filters of the root queue.
    private static bool IsOf(ReadOnlySpan<byte> body, uint parent) => BinaryPrimitives.ReadUInt32LittleEndian(body[12..]) == parent;

    private static (uint Id, string Name) Read(NetlinkAttributes attributes)
    {
        bool isBpf = false;
        (uint Id, string Name) program = default;
        while (attributes.Next())
        {
            if (attributes.Type == Kind) isBpf = attributes.Text == "bpf";
            else if (attributes.Type == Options && isBpf) program = ReadOptions(new(attributes.Value));
        }

        return program;
    }

    private static (uint Id, string Name) ReadOptions(NetlinkAttributes options)
    {
        (uint Id, string Name) program = (0, "");
        while (options.Next())
        {
            if (options.Type == BpfProgramId) program.Id = options.Number;
            else if (options.Type == BpfName) program.Name = options.Text;
        }

        return program;
    }
}
