// SPDX-License-Identifier: MIT
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Programs;

public sealed partial class BpfProgram
{
    private const uint RunOnCpu = 1 << 0;
    private const uint RunLiveFrames = 1 << 1;

    // What a program may add to a packet: its head and tail room.
    private const int OutputRoom = 4096;

    /// <summary>Runs the program once (or as often as asked) on a packet or a context, without attaching it.</summary>
    /// <param name="data">The packet, at least an Ethernet header; empty for programs that take none.</param>
    /// <param name="context">The context; empty for the kernel's default.</param>
    /// <param name="options">How to run it; null for once.</param>
    /// <exception cref="BpfException">The kernel cannot run programs of this type (ENOTSUPP), or not on that input (EINVAL).</exception>
    public unsafe ProgramRun Run(ReadOnlySpan<byte> data = default, ReadOnlySpan<byte> context = default, ProgramRunOptions? options = null)
    {
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Repeat);
        bool keepsOutput = data.Length > 0 && !options.LiveFrames;
        byte[] output = keepsOutput ? new byte[data.Length + OutputRoom] : [];
        byte[] state = context.ToArray();
        bool returnsContext = context.Length > 0 && !options.LiveFrames && Type is not (ProgramType.RawTracepoint or ProgramType.Syscall);

        // SAFETY: all buffers are pinned during the call and the kernel is told their sizes.
        fixed (byte* input = data, result = output, ctx = state)
        {
            ProgTestRunAttr attr = new()
            {
                ProgFd = (uint)Fd.Value,
                DataIn = (ulong)input,
                DataSizeIn = (uint)data.Length,
                DataOut = (ulong)result,
                DataSizeOut = (uint)output.Length,
                CtxIn = (ulong)ctx,
                CtxSizeIn = (uint)state.Length,
                CtxOut = returnsContext ? (ulong)ctx : 0,
                CtxSizeOut = returnsContext ? (uint)state.Length : 0,
                Repeat = options.Repeat > 1 ? (uint)options.Repeat : 0,
                Flags = (options.Cpu is null ? 0 : RunOnCpu) | (options.LiveFrames ? RunLiveFrames : 0),
                Cpu = (uint)(options.Cpu ?? 0),
                BatchSize = (uint)options.BatchSize,
            };
            Errno errno = BpfSyscall.Try(BpfCommand.ProgTestRun, ref attr);
            GC.KeepAlive(this);
            if (errno is not Errno.None) throw new BpfException($"run program '{Name}'", errno, RunHint(errno, data.Length));

            if (keepsOutput) Array.Resize(ref output, (int)attr.DataSizeOut);
            return new(attr.Retval, attr.Duration, output, state);
        }
    }

    private string? RunHint(Errno errno, int length)
    {
        const int EthernetHeader = 14;
        return errno switch
        {
            Errno.ENOTSUPP or Errno.EOPNOTSUPP => $"the kernel cannot run {Type} programs on request; attach it instead",
            Errno.EINVAL when length < EthernetHeader && Type is ProgramType.Xdp or ProgramType.SchedCls =>
                $"{Type} programs need a packet of at least {EthernetHeader} bytes, not {length}",
            Errno.EINVAL => $"{Type} programs cannot be run on such a packet, context or options",
            _ => Hints.For(BpfCommand.ProgTestRun, errno),
        };
    }
}
