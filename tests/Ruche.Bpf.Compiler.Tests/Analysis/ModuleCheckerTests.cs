// SPDX-License-Identifier: MIT
using Ruche.Bpf.Compiler.Analysis;
using Ruche.Bpf.Compiler.Ir.Text;

namespace Ruche.Bpf.Compiler.Tests.Analysis;

/// <summary>A module that breaks a rule of its form is told which.</summary>
public sealed class ModuleCheckerTests
{
    [Theory]
    [InlineData("%a = add %n, i32 1", "Add of i64 and i32")]
    [InlineData("%a = mul %p, 2", "Mul of an address")]
    [InlineData("%a = add %p, i32 2", "an address is moved by i32, not i64")]
    [InlineData("%a = eq %n, i32 2", "i64 is compared with i32")]
    [InlineData("%a = truncate %n to i64", "i64 is truncated to i64")]
    [InlineData("%a = zero_extend %n to i32", "i64 is extended to i32")]
    [InlineData("%a = reinterpret %n to i32", "i64 is seen as i32")]
    [InlineData("%a = swap i8 1", "the bytes of i8 have no order")]
    [InlineData("%a = select %n, i64 1, i64 2", "i64 selects i64 or i64")]
    [InlineData("%a = load i64 %n", "a load from i64")]
    [InlineData("store %n, i64 1", "a store to i64")]
    [InlineData("%a = atomic add %p, i16 1", "an atomic operation with i16 at ptr.value")]
    [InlineData("%a = map @none", "there is no map 'none'")]
    [InlineData("%a = global @none + 0", "there is no section 'none'")]
    [InlineData("%a = function @none", "there is no function 'none'")]
    [InlineData("%a = local @none() -> i64", "there is no function 'none'")]
    [InlineData("%a = local @f() -> i64", "'f' takes other arguments")]
    [InlineData("%a = local @f(%n, %p) -> i32", "'f' yields i64, not i32")]
    [InlineData("%a = kernel g(%n, %n, %n, %n, %n, %n) -> i64", "a call takes at most five arguments")]
    [InlineData("%a = may_continue\n  %b = zero_extend %a to i64", "may_continue decides something else than a branch")]
    [InlineData("return %p", "ptr.value is returned where i64 is promised")]
    [InlineData("branch %n, entry, entry", "something jumps to the first block")]
    [InlineData("jump other\nother(%o: i64):", "block 'other' takes other values")]
    public void A_broken_rule_is_named(string lines, string problem)
    {
        string end = lines.StartsWith("return", StringComparison.Ordinal) || lines.StartsWith("branch", StringComparison.Ordinal) ? "" : "  return i64 0\n";

        string? found = ModuleChecker.Check(IrParser.Parse($"function @f(%n: i64, %p: ptr.value) -> i64 {{\nentry:\n  {lines}\n{end}}}"));

        Assert.NotNull(found);
        Assert.EndsWith(problem, found);
    }

    [Theory]
    [InlineData("(%p: ptr.value) -> i64")]
    [InlineData("(%a: i64, %b: i64, %c: i64, %d: i64, %e: i64, %f: i64) -> i64")]
    public void A_global_function_is_one_of_numbers(string signature)
    {
        var module = IrParser.Parse($"function @f{signature} global {{\nentry:\n  return i64 0\n}}");

        Assert.Equal("function 'f': a global function takes at most five numbers and yields one", ModuleChecker.Check(module));
    }

    [Fact]
    public void A_value_is_defined_on_every_way_to_its_use()
    {
        var module = IrParser.Parse("""
            function @f(%n: i64) -> i64 {
            entry:
              %is = eq %n, 0
              branch %is, left, end
            left:
              %a = add %n, 1
              jump end
            end:
              return %a
            }
            """);

        Assert.Equal("function 'f': block 'end': a value of type i64 is used where it is not defined on every way", ModuleChecker.Check(module));
    }
}
