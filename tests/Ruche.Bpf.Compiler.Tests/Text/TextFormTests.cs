// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Ir.Text;
using Ruche.Bpf.Compiler.Tests.Programs;
using Ruche.Bpf.Objects.Diagnostics;

namespace Ruche.Bpf.Compiler.Tests.Text;

/// <summary>The text form is read as it is written.</summary>
public sealed class TextFormTests
{
    private const string Every = """
        map @counts hash key 4 value 8 entries 1024
        map @networks lpmtrie key 8 value 4 entries 16 flags 1
        section @.rodata constants 8 0102
        section @.rodata.fixed fixed 4 2a000000
        section @.bss zeros 16
        section @.data data 4 01000000
        answers @every

        function @every(%context: ptr.context, %n: i64) -> i64 section "xdp" {
        entry:
          %slot = stack 16 align 8
          store %slot, i64 -7
          store %slot + 8, %n
          %low = truncate %n to i32
          %wide = sign_extend %low to i64
          %same = reinterpret %wide to ptr.kernel_probe<task_struct>
          %place = field %same, task_struct.cpus_mask.bits[1]
          %there = ask field_exists task_struct.cpus_mask
          %field = load i32 %place + 16
          %swapped = swap %field
          %sum = add %n, 5
          %moved = sub %context, 8
          %is = slt %sum, -1
          %chosen = select %is, %sum, i64 0
          %map = map @counts
          %found = call bpf_map_lookup_elem(%map, %slot) -> ptr.value
          %missing = eq %found, 0
          branch %missing, none, some(%found, i64 3)
        none:
          %called = function @back
          %count = call bpf_loop(i32 4, %called, i64 0, i64 0) -> i64
          return %count
        some(%value: ptr.value, %times: i64):
          %old = atomic add %value, %times
          %swap = atomic compare_exchange %value, i64 1, %old
          %more = may_continue
          branch %more, some(%value, %swap), last
        last:
          %result = local @back(%swap, i64 0) -> i64
          %task = kernel bpf_task_acquire(%result) -> i64
          return %task
        }

        function @back(%index: i64, %given: i64) -> i64 global observer {
        entry:
          return i64 0
        }

        """;

    [Fact]
    public void What_is_read_is_written_again()
    {
        var module = IrParser.Parse(Every);

        Assert.Equal(Every.ReplaceLineEndings("\n"), IrPrinter.Print(module));
    }

    [Fact]
    public void Random_modules_come_back_as_they_were()
    {
        for (int seed = 0; seed < 200; seed++)
        {
            string text = IrPrinter.Print(RandomModule.Generate(seed));

            Assert.Equal(text, IrPrinter.Print(IrParser.Parse(text)));
        }
    }

    [Theory]
    [InlineData("something", "expected 'map', 'section', 'answers' or 'function'")]
    [InlineData("map @a tree key 4 value 4 entries 1", "'tree' is no kind of map")]
    [InlineData("section @.data honey 4", "'honey' is no kind of section")]
    [InlineData("section @.data data 2 010203", "expected at most 2 bytes")]
    [InlineData("function @f() -> i64 {", "a function has no '}'")]
    [InlineData("function @f() -> i64 {\n}", "a function needs a block")]
    [InlineData("function @f() -> i65 {", "'i65' is no type")]
    [InlineData("function @f() -> i64 {\nentry:\n  %a = plus i64 1, 2", "'plus' is no operation")]
    [InlineData("function @f() -> i64 {\nentry:\n  %a = add %b, 2", "there is no value '%b' yet")]
    [InlineData("function @f() -> i64 {\nentry:\n  jump away\n}", "there is no block 'away'")]
    [InlineData("function @f() -> i64 {\nentry:\n  return i64 0\n  return i64 0\n}", "the block has ended already")]
    [InlineData("function @f() -> i64 {\nentry:\n  %a = call fly() -> i64", "'fly' is no helper")]
    [InlineData("function @f() -> i64 {\nentry:\n  return i64 0 0", "the line goes on unexpectedly")]
    [InlineData("function @f() -> i64 {\nentry:\nentry:", "block 'entry' stands here twice")]
    [InlineData("function @f(%a: i64) -> i64 {\nentry:\n  %a = add %a, 1", "value '%a' is defined twice")]
    [InlineData("function @f() -> i64 {\nentry:\n  return i64 lots", "expected a number")]
    public void What_is_wrong_is_said_with_its_place(string text, string message)
    {
        var thrown = Assert.Throws<InvalidObjectException>(() => IrParser.Parse(text, "bees.ir"));

        var diagnostic = Assert.Single(thrown.Diagnostics);
        Assert.Equal((CompilerDiagnostics.BadText, message), (diagnostic.Id, diagnostic.Message));
        Assert.Equal("bees.ir", Assert.IsType<Location.Text>(diagnostic.Where).File);
    }
}
