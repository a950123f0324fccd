// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using Ruche.Bpf.Features;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Pins;
using Ruche.Bpf.Programs;
using Ruche.Bpf.Tests.Loading;

namespace Ruche.Bpf.Tests.Programs;

public sealed class BpfProgramTests : KernelTest
{
    private const string Grower = """
        SEC("xdp") int grows(struct xdp_md *ctx)
        {
            unsigned char *data, *end;
            if (bpf_xdp_adjust_head(ctx, -4))
                return XDP_ABORTED;
            data = (void *)(long)ctx->data;
            end = (void *)(long)ctx->data_end;
            if (data + 4 > end)
                return XDP_ABORTED;
            data[0] = 0xab;
            return XDP_TX;
        }
        """;

    private static readonly byte[] Packet = new byte[64];

    [Fact]
    public void Records_for_functions_and_lines_are_laid_out_as_the_kernel_wants_them()
    {
        Assert.Equal(8, Unsafe.SizeOf<FuncInfo>());
        Assert.Equal(16, Unsafe.SizeOf<LineInfo>());
        Assert.Equal([1, 2], System.Runtime.InteropServices.MemoryMarshal.Cast<FuncInfo, int>([new(1, 2)]).ToArray());
        Assert.Equal([1, 2, 3, 4], System.Runtime.InteropServices.MemoryMarshal.Cast<LineInfo, int>([new(1, 2, 3, 4)]).ToArray());
    }

    [Fact]
    public void Runs_on_a_packet_and_returns_what_became_of_it()
    {
        using var grower = TestObject.Load(Grower);

        var run = grower.Program("grows").Run(Packet, options: new() { Repeat = 10 });

        Assert.Equal(3u, run.ReturnValue);
        Assert.Equal(Packet.Length + 40, run.Output.Length);
        Assert.Equal(0xab, run.Output[0]);
    }

    [Fact]
    public void Runs_once_and_returns_the_grown_packet()
    {
        using var grower = TestObject.Load(Grower);

        var run = grower.Program("grows").Run(Packet);

        Assert.Equal(3u, run.ReturnValue);
        Assert.Equal(Packet.Length + 4, run.Output.Length);
    }

    [Fact]
    public void Runs_a_system_call_program_on_a_context_that_it_changes()
    {
        const string Source = """
            struct arguments { int in, out; };
            SEC("syscall") int doubles(struct arguments *a) { a->out = a->in * 2; return 5; }
            """;
        Since(5, 14, "programs that run on request");
        using var doubles = TestObject.Load(Source);

        var run = doubles.Program("doubles").Run(context: BitConverter.GetBytes(21L));

        Assert.Equal(5u, run.ReturnValue);
        Assert.Equal(42, BitConverter.ToInt32(run.Context, 4));
    }

    [Fact]
    public void A_packet_that_is_too_short_is_explained()
    {
        using var grower = TestObject.Load(Grower);

        var failure = Record.Exception(() => grower.Program("grows").Run(new byte[4]));

        if (failure is null) Assert.Skip("this kernel runs XDP programs on packets of any length");
        var refusal = Assert.IsType<BpfException>(failure);
        Assert.Equal(Errno.EINVAL, refusal.Errno);
        Assert.Contains("at least 14 bytes, not 4", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_kernel_tells_about_a_program()
    {
        using var grower = TestObject.Load(Grower);
        var program = grower.Program("grows");

        var info = program.GetInfo();

        Assert.Equal(program.Id, info.Id);
        Assert.Equal("grows", info.Name);
        Assert.Equal(ProgramType.Xdp, info.Type);
        Assert.Equal(16, info.Tag.Length);
        Assert.True(info.IsGplCompatible);
        Assert.NotEqual(0u, info.BtfId);
        Assert.True(info.VerifiedInstructions > 0 || KernelVersion.Current < new Version(5, 16));
        Assert.Equal(info.TranslatedSize, program.ReadTranslated().Length * Instruction.Size);
        Assert.Equal(info.JitedSize, program.ReadJited().Length);
        Assert.Contains(info.Id, BpfProgram.EnumerateIds());
    }

    [Fact]
    public void Counts_runs_while_statistics_are_on()
    {
        using var grower = TestObject.Load(Grower);
        var program = grower.Program("grows");

        using (RunStatistics.Enable()) program.Run(Packet, options: new() { Repeat = 7 });

        // Test runs are not counted by every kernel; what is counted is counted fully.
        var info = program.GetInfo();
        Assert.True(info.RunCount is 0 or 7, $"{info.RunCount} runs");
    }

    [Fact]
    public void A_pin_keeps_a_program_and_opens_it_again()
    {
        string path = PinPath("program");
        uint id;
        using (var grower = TestObject.Load(Grower))
        {
            grower.Program("grows").Pin(path);
            id = grower.Program("grows").Id;
        }

        using var opened = BpfProgram.OpenPinned(path);
        opened.Unpin();

        Assert.Equal(id, opened.Id);
        Assert.Equal("grows", opened.Name);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_pin_of_another_kind_is_refused()
    {
        using var counter = TestObject.Load("struct { __uint(type, BPF_MAP_TYPE_ARRAY); __type(key, int); __type(value, long); __uint(max_entries, 1); } counts SEC(\".maps\");\n" + Grower);
        string path = PinPath("map");
        counter.Map("counts").Pin(path);

        var refusal = Record.Exception(() => BpfProgram.OpenPinned(path));
        BpfPins.Remove(path);

        Assert.Contains("a map is pinned there", Assert.IsType<BpfException>(refusal).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_loaded_from_instructions_alone()
    {
        ProgramImage image = new()
        {
            Name = "a name that is longer than the kernel's",
            Type = ProgramType.SocketFilter,
            Instructions = new Instruction[] { new(0xb7, Register.R0, Register.R0, 0, 42), new(0x95, Register.R0, Register.R0, 0, 0) },
        };

        using var program = BpfProgram.Load(image);

        Assert.Equal(42u, program.Run(Packet).ReturnValue);
        Assert.Equal("a_name_that_is_", program.GetInfo().Name);
    }
}
