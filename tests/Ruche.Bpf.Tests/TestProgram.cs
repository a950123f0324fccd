// SPDX-License-Identifier: MIT
using System.Text;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;

namespace Ruche.Bpf.Tests;

/// <summary>A small program, loaded from instructions and run on request.</summary>
internal sealed unsafe class TestProgram : IDisposable
{
    private TestProgram(BpfFd fd) => Fd = fd;

    public BpfFd Fd { get; }

    /// <summary>Loads a program; a rejection fails the test with the verifier's log.</summary>
    public static TestProgram Load(ProgramType type, params Instruction[] code)
    {
        byte[] log = new byte[1 << 16];
        fixed (Instruction* instructions = code)
        fixed (byte* license = "GPL\0"u8)
        fixed (byte* logBuffer = log)
        {
            ProgLoadAttr attr = new()
            {
                ProgType = (uint)type,
                Insns = (ulong)instructions,
                InsnCnt = (uint)code.Length,
                License = (ulong)license,
                LogBuf = (ulong)logBuffer,
                LogSize = (uint)log.Length,
                LogLevel = 1,
                ProgName = ObjectName.From("ruche_test"),
            };
            Errno errno = BpfSyscall.Try(BpfCommand.ProgLoad, ref attr, out int fd);
            Assert.True(errno is Errno.None, $"{errno}: {Encoding.ASCII.GetString(log).TrimEnd('\0')}");
            return new TestProgram(new BpfFd(fd));
        }
    }

    /// <summary>Runs the program on a packet of zeros (or, for program types without packets, on nothing) and returns its result.</summary>
    public uint Run(int times = 1, int packetBytes = 64)
    {
        byte[] packet = new byte[packetBytes];
        fixed (byte* data = packet)
        {
            ProgTestRunAttr attr = new()
            {
                ProgFd = (uint)Fd.Value,
                DataIn = (ulong)data,
                DataSizeIn = (uint)packet.Length,
                Repeat = (uint)times,
            };
            BpfSyscall.Check(BpfCommand.ProgTestRun, ref attr, "run a test program");
            return attr.Retval;
        }
    }

    public void Dispose() => Fd.Dispose();
}
