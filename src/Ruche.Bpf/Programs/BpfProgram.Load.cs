// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Verifier.Logs;

namespace Ruche.Bpf.Programs;

public sealed partial class BpfProgram
{
    private const uint TokenGiven = 1 << 16;
    private const int FirstLogSize = 256 * 1024;
    private const int LargestLogSize = 128 * 1024 * 1024;

    /// <summary>Loads a program. The first attempt is made without a log, which is faster; a refusal is asked for its reasons.</summary>
    /// <exception cref="VerifierException">The verifier refused it.</exception>
    /// <exception cref="BpfException">The kernel refused it before or after verification.</exception>
    public static unsafe BpfProgram Load(ProgramImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfZero(image.Instructions.Length);

        // SAFETY: everything the attribute points to is pinned for the duration of both attempts.
        fixed (Instruction* code = image.Instructions.Span)
        fixed (byte* license = CString.From(image.License))
        fixed (FuncInfo* functions = image.Functions.AsSpan())
        fixed (LineInfo* lines = image.Lines.AsSpan())
        fixed (int* modules = Descriptors(image.Modules))
        {
            ProgLoadAttr attr = new()
            {
                ProgType = (uint)image.Type,
                InsnCnt = (uint)image.Instructions.Length,
                Insns = (ulong)code,
                License = (ulong)license,
                KernVersion = image.KernelVersion,
                ProgFlags = (uint)image.Flags,
                ProgName = ObjectName.From(image.Name),
                ProgIfindex = (uint)image.InterfaceIndex,
                ExpectedAttachType = (uint)(image.AttachType ?? 0),
                AttachBtfId = (uint)image.AttachTypeId,
                AttachBtfObjFd = (uint)(image.AttachProgram?.Fd.Value ?? image.AttachModule?.Value ?? 0),
                FdArray = (ulong)modules,
            };
            if (image.Token is { } token)
            {
                attr.ProgFlags |= TokenGiven;
                attr.ProgTokenFd = token.Fd.Value;
            }

            if (image.Btf is { } btf) AddTypes(ref attr, btf, image, functions, lines);

            Errno errno = BpfSyscall.Try(BpfCommand.ProgLoad, ref attr, out int fd);
            if (errno is not Errno.None)
            {
                errno = LoadWithLog(ref attr, errno, out fd, out string? log, out bool truncated);
                if (errno is not Errno.None) throw Refused(image, errno, log, truncated);
            }

            GC.KeepAlive(image);
            return new(new BpfFd(fd), image.Name, image.Type, image.AttachType, image.Spec);
        }
    }

    private static unsafe void AddTypes(ref ProgLoadAttr attr, BpfFd btf, ProgramImage image, FuncInfo* functions, LineInfo* lines)
    {
        attr.ProgBtfFd = (uint)btf.Value;
        if (image.Functions.IsEmpty) return;

        // FuncInfo and LineInfo are laid out as the kernel's records; a test holds them to it.
        attr.FuncInfoRecSize = (uint)Unsafe.SizeOf<FuncInfo>();
        attr.FuncInfo = (ulong)functions;
        attr.FuncInfoCnt = (uint)image.Functions.Length;
        if (image.Lines.IsEmpty) return;
        attr.LineInfoRecSize = (uint)Unsafe.SizeOf<LineInfo>();
        attr.LineInfo = (ulong)lines;
        attr.LineInfoCnt = (uint)image.Lines.Length;
    }

    /// <summary>Loads again with a log, in a buffer that grows until the log fits or the limit is reached.</summary>
    private static unsafe Errno LoadWithLog(ref ProgLoadAttr attr, Errno first, out int fd, out string? log, out bool truncated)
    {
        int size = FirstLogSize;
        while (true)
        {
            byte* buffer = (byte*)NativeMemory.Alloc((nuint)size);
            try
            {
                // SAFETY: the kernel writes at most the given size into the buffer, which lives until the end of this round.
                buffer[0] = 0;
                attr.LogLevel = 1;
                attr.LogBuf = (ulong)buffer;
                attr.LogSize = (uint)size;
                attr.LogTrueSize = 0;
                Errno errno = BpfSyscall.Try(BpfCommand.ProgLoad, ref attr, out fd);
                truncated = errno is Errno.ENOSPC;
                log = null;
                if (errno is Errno.None) return errno;

                if (truncated && NextLogSize(size, attr.LogTrueSize) is var next && next > size)
                {
                    size = next;
                    continue;
                }

                log = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(buffer));
                return truncated ? first : errno;
            }
            finally
            {
                NativeMemory.Free(buffer);
            }
        }
    }

    /// <summary>Newer kernels (6.4) tell the size they need and keep the end of the log; older ones keep its beginning and say nothing.</summary>
    private static int NextLogSize(int size, uint wanted) => (int)Math.Min(wanted > 0 ? wanted : size * 8L, LargestLogSize);

    private static BpfException Refused(ProgramImage image, Errno errno, string? text, bool truncated)
    {
        var log = VerifierLog.Parse(text ?? "", truncated);
        if (log.Reason.Length == 0 && log.Slot < 0)
            return new BpfException($"load program '{image.Name}'", errno, ProgramHints.For(image, errno));

        if (log.Source is null or { Line: 0 } && log.Slot >= 0 && image.SourceOf?.Invoke(log.Slot) is { } source)
            log = log with { Source = source };
        return new VerifierException(image.Name, errno, log, ProgramHints.For(image, log));
    }

    private static int[] Descriptors(System.Collections.Immutable.ImmutableArray<BpfFd?> modules)
    {
        if (modules.IsDefaultOrEmpty) return [];
        int[] descriptors = new int[modules.Length];
        for (int i = 0; i < descriptors.Length; i++) descriptors[i] = modules[i]?.Value ?? 0;
        return descriptors;
    }
}
