// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Text.Json;
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Loading;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tests;

namespace Ruche.Bpf.Compiler.Tests.Files;

/// <summary>What is compiled is written as an object that our reader, our loader and bpftool (libbpf) take.</summary>
public sealed class ObjectFileTests : KernelTest
{
    // Maps, constants that are set before the load, counters, a called function, a callback, a field of a kernel struct, functions of the kernel.
    private const string Every = """
        map @counts hash key 4 value 8 entries 16
        section @.rodata constants 8 0500000000000000
        section @.bss zeros 8

        function @each(%index: i64, %sum: ptr.stack) -> i64 {
        entry:
          %old = load i64 %sum
          %new = add %old, %index
          store %sum, %new
          return i64 0
        }

        function @twice(%n: i64) -> i64 {
        entry:
          %double = mul %n, 2
          return %double
        }

        function @every(%ctx: ptr.context) -> i64 section "syscall" {
        entry:
          %key = stack 4 align 4
          %one = stack 8 align 8
          %sum = stack 8 align 8
          store %key, i32 7
          store %one, i64 9
          store %sum, i64 0
          %map = map @counts
          %put = call bpf_map_update_elem(%map, %key, %one, i64 0) -> i64
          %found = call bpf_map_lookup_elem(%map, %key) -> ptr.value
          %missing = eq %found, 0
          branch %missing, none, some
        none:
          return i64 0
        some:
          %nine = load i64 %found
          %setting = global @.rodata + 0
          %times = load i64 %setting
          %times32 = truncate %times to i32
          %callback = function @each
          %done = call bpf_loop(%times32, %callback, %sum, i64 0) -> i64
          %total = load i64 %sum
          %double = local @twice(%total) -> i64
          %counter = global @.bss + 0
          %old = atomic add %counter, i64 1
          %task = call bpf_get_current_task_btf() -> ptr.kernel<task_struct>
          %place = field %task, task_struct.tgid
          %id = load i32 %place
          %some = ne %id, 0
          %is = zero_extend %some to i64
          %first = add %nine, %double
          %second = add %first, %old
          %third = add %second, %is
          %self = kernel bpf_task_from_pid(%id) -> ptr.kernel<task_struct>
          %lost = eq %self, 0
          branch %lost, none, found
        found:
          kernel bpf_task_release(%self) -> void
          return %third
        }
        """;

    // 9, twice the sum of 0 to 4, no run before, a process.
    private const uint Expected = 9 + 20 + 0 + 1;

    [Fact]
    public void A_file_is_read_back_as_it_was_written()
    {
        var spec = Compile();

        var read = ObjectSpec.Read(spec.Write(), spec.Name);

        Assert.Equal(spec.Maps.Select(m => (m.Name, m.Type, m.KeySize, m.ValueSize)).Order(), read.Maps.Select(m => (m.Name, m.Type, m.KeySize, m.ValueSize)).Order());
        Assert.Equal(spec.Programs[0].Entry.Instructions.Length, read.Programs[0].Entry.Instructions.Length);
        Assert.Equal(spec.Functions.Keys.Order(), read.Functions.Keys.Where(k => k != "every").Order());
        Assert.Equal(spec.Programs[0].Entry.CoreRelocations.Select(r => (r.Slot, r.Access, r.Kind)), read.Programs[0].Entry.CoreRelocations.Select(r => (r.Slot, r.Access, r.Kind)));
        using var direct = BpfObject.Open(spec).Load();
        using var fromFile = BpfObject.Open(read).Load();
        Assert.Equal((Expected, Expected), (direct.Program("every").Run().ReturnValue, fromFile.Program("every").Run().ReturnValue));
    }

    [Fact]
    public void A_constant_is_set_before_the_load()
    {
        var spec = ObjectSpec.Read(Compile().Write(), "every");
        spec = spec.WithMap(".rodata", m => m with { Contents = [3, 0, 0, 0, 0, 0, 0, 0] });

        using var kernel = BpfObject.Open(spec).Load();

        Assert.Equal(9u + 6 + 1, kernel.Program("every").Run().ReturnValue);
    }

    [Fact]
    public void Bpftool_loads_the_file_and_reads_its_types()
    {
        Assert.SkipUnless(File.Exists("/usr/sbin/bpftool"), "bpftool is not installed");
        string file = Path.Combine(Path.GetTempPath(), $"ruche-compiler-{Environment.ProcessId}.bpf.o"), pin = $"/sys/fs/bpf/ruche-compiler-{Environment.ProcessId}";
        File.WriteAllBytes(file, Compile().Write());
        try
        {
            Bpftool("prog", "load", file, pin);
            using var info = JsonDocument.Parse(Bpftool("-j", "prog", "show", "pinned", pin));
            Assert.Equal("every", info.RootElement.GetProperty("name").GetString());
            Assert.Contains("struct task_struct {", Bpftool("btf", "dump", "file", file, "format", "c"), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
            File.Delete(pin);
        }
    }

    private static ObjectSpec Compile()
    {
        var module = IrParser.Parse(Every, "every");
        module.KernelTypes = KernelTypes.Running;
        return BpfCompiler.Compile(module);
    }

    private static string Bpftool(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("/usr/sbin/bpftool", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{output}\n{errors.Result}");
        return output;
    }
}
