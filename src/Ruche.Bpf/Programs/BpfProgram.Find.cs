// SPDX-License-Identifier: MIT
using System.Globalization;
using Ruche.Bpf.Kernel;

namespace Ruche.Bpf.Programs;

public sealed partial class BpfProgram
{
    /// <summary>Bytes of kernel memory charged for the program; 0 when the kernel does not say.</summary>
    public long MemoryBytes => KernelObject.Fact(Fd, "memlock") is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : 0;

    /// <summary>Opens a loaded program by its id; null when there is none of that id any more. Needs CAP_SYS_ADMIN.</summary>
    public static BpfProgram? TryOpenById(uint id)
    {
        string operation = $"open program {id}";
        return KernelObject.TryOpen(BpfCommand.ProgGetFdById, id, operation) is { } fd ? Adopt(fd, operation) : null;
    }
}
