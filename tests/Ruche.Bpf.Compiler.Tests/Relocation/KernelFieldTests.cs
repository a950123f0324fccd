// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Objects.Uapi;
using Ruche.Bpf.Tests;
using Ruche.Bpf.Verifier;
using Ruche.Bpf.Verifier.Programs;

namespace Ruche.Bpf.Compiler.Tests.Relocation;

/// <summary>
/// Fields of the kernel's structs and questions about its types: what is compiled with one layout of them, made up here, does what it should with the
/// running kernel's.
/// </summary>
public sealed class KernelFieldTests : KernelTest
{
    [Theory]
    [InlineData("core_thread", "%a = field %task, task_struct.tgid\n  %n = load i32 %a\n  %v = zero_extend %n to i64")]
    [InlineData("core_probed", "%far = reinterpret %task to ptr.kernel_probe\n  %a = field %far, task_struct.tgid\n  %n = load i32 %a\n  %v = zero_extend %n to i64")]
    [InlineData("core_leader", "%a = field %task, task_struct.group_leader\n  %l = load ptr.kernel %a\n  %b = field %l, task_struct.tgid\n  %n = load i32 %b\n  %v = zero_extend %n to i64")]
    public void A_field_is_found_where_the_running_kernel_has_it(string name, string lines) =>
        Assert.Equal((uint)Environment.ProcessId, Run(name, lines));

    [Fact]
    public void Neighbours_behind_a_kernel_address_are_read_together()
    {
        Assert.True(KernelTypes.Running.TryFind(BtfKind.Struct, "task_struct", out int task));
        var fields = ((BtfType.Composite)KernelTypes.Running[task]).Members.ToDictionary(m => m.Name, m => m.BitOffset / 8, StringComparer.Ordinal);
        string lines = $"%far = reinterpret %task to ptr.kernel_probe\n  %a = load i32 %far + {fields["pid"]}\n  %b = load i32 %far + {fields["tgid"]}\n"
            + "  %w = zero_extend %a to i64\n  %x = zero_extend %b to i64\n  %y = sub %w, %x\n  %z = and %y, %x\n  %v = add %z, %x";

        var spec = Compile("core_pair", lines);

        Assert.Single(spec.Programs[0].Entry.Instructions, i => i.IsCall && i.Immediate == (int)HelperId.ProbeReadKernel);
        uint process = (uint)Environment.ProcessId;
        using var kernel = BpfObject.Open(spec).Load();
        uint thread = uint.Parse(File.ReadAllText("/proc/thread-self/stat").Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(((thread - process) & process) + process, kernel.Program("core_pair").Run().ReturnValue);
    }

    [Fact]
    public void An_element_of_an_array_is_a_place_of_its_own()
    {
        string comm = File.ReadAllText("/proc/thread-self/comm");

        uint letter = Run("core_letter", "%a = field %task, task_struct.comm[2]\n  %n = load i8 %a\n  %v = zero_extend %n to i64");

        Assert.Equal(comm[2], (char)letter);
    }

    [Fact]
    public void A_field_read_in_part_is_reached_through_its_address() =>
        Assert.Equal((uint)Environment.ProcessId & 0xffff, Run("core_part", "%a = field %task, task_struct.tgid\n  %n = load i16 %a\n  %v = zero_extend %n to i64"));

    [Theory]
    [InlineData("field_exists task_struct.comm", 1)]
    [InlineData("field_exists task_struct.nectar", 0)]
    [InlineData("field_size task_struct.comm", 16)]
    [InlineData("field_signed task_struct.tgid", 1)]
    [InlineData("type_exists hive", 0)]
    [InlineData("enumerator_exists pid_type.PIDTYPE_SID", 1)]
    [InlineData("enumerator_exists pid_type.PIDTYPE_BEE", 0)]
    public void A_question_is_answered_by_the_running_kernel(string question, uint answer) =>
        Assert.Equal(answer, Run("core_question", $"%v = ask {question}"));

    [Fact]
    public void What_differs_between_kernels_is_the_running_ones()
    {
        var running = KernelTypes.Running;
        Assert.True(running.TryFind(BtfKind.Struct, "task_struct", out int task));
        Assert.True(running.TryFind(BtfKind.Enum, "pid_type", out int kinds));
        uint last = (uint)((BtfType.Enum)running[kinds]).Values.Single(v => v.Name == "PIDTYPE_SID").Value;

        Assert.Equal((uint)running.SizeOf(task), Run("core_size", "%v = ask type_size task_struct"));
        Assert.Equal(last, Run("core_enumerator", "%v = ask enumerator_value pid_type.PIDTYPE_SID"));
    }

    [Fact]
    public void The_relocation_sits_on_the_load_and_the_types_are_an_excerpt()
    {
        var spec = Compile("core_thread", "%a = field %task, task_struct.tgid\n  %n = load i32 %a\n  %v = zero_extend %n to i64");

        var code = spec.Programs[0].Entry;
        var relocation = Assert.Single(code.CoreRelocations);
        Assert.Equal((CoreRelocationKind.FieldByteOffset, "0:0:0"), (relocation.Kind, relocation.Access));
        Assert.Equal("*(u32 *)(r0 + 4)", Disassembler.Format(code.Instructions[relocation.Slot]).Split(" = ")[1]);
        var kept = Assert.IsType<BtfType.Composite>(spec.Btf![relocation.Type]);
        var inner = Assert.IsType<BtfType.Composite>(spec.Btf[Assert.Single(kept.Members).Type]);
        Assert.Equal("tgid", Assert.Single(inner.Members).Name);
    }

    [Fact]
    public void What_is_written_as_a_file_asks_the_same()
    {
        var spec = Compile("core_thread", "%a = field %task, task_struct.tgid\n  %n = load i32 %a\n  %v = zero_extend %n to i64");

        var read = ObjectSpec.Read(spec.Write(), "core");

        using var kernel = BpfObject.Open(read).Load();
        Assert.Equal((uint)Environment.ProcessId, kernel.Program("core_thread").Run().ReturnValue);
    }

    [Theory]
    [InlineData("%a = field %task, task_struct.wings", "there is no 'wings' on the way 'task_struct.wings'")]
    [InlineData("%a = field %task, bee.wings", "there is no type 'bee'")]
    [InlineData("%a = field %task, task_struct.comm[16]", "there is no element [16] on the way 'task_struct.comm[16]'")]
    [InlineData("%a = field %task, task_struct.group_leader.tgid", "there is no 'tgid' on the way 'task_struct.group_leader.tgid'")]
    [InlineData("%a = field %task, task_struct.frozen", "'task_struct.frozen' is a bit field, which has no address")]
    [InlineData("%a = field %task, task_struct", "'task_struct' is no field")]
    [InlineData("%a = ask type_size task_struct.comm", "'task_struct.comm' is no type")]
    [InlineData("%a = ask enumerator_value task_struct.comm", "'task_struct.comm' is no enumerator")]
    [InlineData("%a = field i64 3, task_struct.comm", "a field of i64")]
    public void A_name_that_leads_nowhere_is_told(string line, string problem) =>
        Assert.EndsWith(problem, ModuleChecker.Check(Parse("wrong", $"{line}\n  %v = add i64 0, 0")));

    [Fact]
    public void Fields_need_the_types_that_name_them()
    {
        var module = Parse("none", "%v = ask type_exists task_struct");
        module.KernelTypes = null;

        Assert.EndsWith("'task_struct' is asked of the kernel's types, but the module carries none", ModuleChecker.Check(module));
    }

    private static uint Run(string name, string lines)
    {
        var spec = Compile(name, lines);
        var verdict = ProgramVerifier.Verify(new ProgramReader(spec, KernelTypes.Running).Read(spec.Programs[0]), new() { KernelTypes = KernelTypes.Running });
        Assert.True(verdict.IsAccepted, $"{verdict.Explanation?.Slot} {verdict.Explanation?.Detail}\n{Disassembler.Format(spec.Programs[0].Entry.Instructions.AsMemory())}");
        using var kernel = BpfObject.Open(spec).Load();
        return kernel.Program(name).Run().ReturnValue;
    }

    private static ObjectSpec Compile(string name, string lines) => BpfCompiler.Compile(Parse(name, lines));

    private static Module Parse(string name, string lines)
    {
        var module = IrParser.Parse($$"""
            function @{{name}}(%ctx: ptr.context) -> i64 section "syscall" {
            entry:
              %task = call bpf_get_current_task_btf() -> ptr.kernel<task_struct>
              {{lines}}
              return %v
            }
            """);
        module.KernelTypes = MadeUp();
        return module;
    }

    // The kernel's task_struct has these fields elsewhere, and some of them not at all.
    private static BtfSpec MadeUp()
    {
        BtfBuilder types = new();
        int number = types.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
        int letter = types.Add(new BtfType.Int(1, IntEncoding.Signed, 0, 8) { Name = "char" });
        int name = types.Add(new BtfType.Array(letter, number, 16));
        int task = types.Reserve();
        int pointer = types.Add(new BtfType.Pointer(task));
        int inner = types.Add(new BtfType.Composite(false, 4, [new("tgid", number, 0, 0)]));
        types[task] = new BtfType.Composite(false, 64,
        [
            new("pid", number, 0, 0), new("", inner, 32, 0), new("group_leader", pointer, 64, 0), new("comm", name, 128, 0), new("nectar", number, 256, 0),
            new("frozen", number, 288, 1),
        ])
        { Name = "task_struct" };
        types.Add(new BtfType.Composite(false, 8, []) { Name = "hive" });
        types.Add(new BtfType.Enum(4, false, false, [new("PIDTYPE_BEE", 9), new("PIDTYPE_SID", 7)]) { Name = "pid_type" });
        return types.Build();
    }
}
