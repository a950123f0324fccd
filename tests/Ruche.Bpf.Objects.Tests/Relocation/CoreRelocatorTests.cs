// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Instructions;
using Ruche.Bpf.Objects.Linking;
using Ruche.Bpf.Objects.Relocation;
using Ruche.Bpf.Objects.Specs;

namespace Ruche.Bpf.Objects.Tests.Relocation;

/// <summary>The object sees one layout, the target has another; what the program then holds must be the target's numbers.</summary>
public sealed class CoreRelocatorTests
{
    private const string Macros = """
        typedef unsigned char u8; typedef unsigned short u16; typedef unsigned int u32; typedef unsigned long long u64; typedef long long s64;
        #define CORE __attribute__((preserve_access_index))
        #define INFO(expression, kind) __builtin_preserve_field_info(expression, kind)
        #define TYPE(type, kind) __builtin_preserve_type_info(*(type *)0, kind)
        #define VALUE(type, name, kind) __builtin_preserve_enum_value(*(type *)name, kind)

        """;

    private const string Local = Macros + """
        enum color { RED = 1, GREEN = 2, BLUE = 3, GONE = 4 };
        enum wide { SMALL = 1, LARGE = 0x7fffffff };
        enum color___short { RED___short = 1 };
        struct inner { int a; int b; } CORE;
        struct outer { u64 head; struct inner in; int values[4]; struct inner list[2]; u32 low:3, mid:7; int sign:5; int tail[0]; } CORE;
        struct lost { int x; } CORE;
        struct outer___v2 { struct inner in; } CORE;
        union both { int i; u64 l; } CORE;
        struct plain { int a; } CORE;
        struct named { u32 number; } CORE;
        typedef int (*handler)(int, void *);
        typedef struct inner inner_t;
        volatile u64 out;

        """;

    private const string Target = Macros + """
        enum color { PINK = 7, BLUE = 30, GREEN = 20, RED = 10 };
        enum wide { SMALL = 5, LARGE = 6 };
        struct inner { u64 pad; int b; u64 a; };
        struct outer { struct { u64 extra[2]; union { struct inner in; int other; }; }; u64 head; struct inner list[2]; int values[8]; u32 low:9, mid:12; int sign:6; int tail[]; };
        union both { u64 l; int i; u64 m[3]; };
        struct plain { int a; int b; };
        struct named { u64 number; };
        typedef int (*handler)(int, void *);
        typedef struct inner inner_t;
        enum color e; enum wide w; struct outer o; union both b; struct plain p; struct named n; handler h; inner_t t;
        """;

    private static BtfSpec TargetTypes(string source = Target, string arch = "bpfel") =>
        ObjectSpec.Read(Clang.Compile(source, $"--target={arch}"), "target").Btf!;

    private static (LinkedProgram Program, BtfSpec Types) Compile(string body, string arch = "bpfel")
    {
        string source = Local + "__attribute__((section(\"xdp\"))) int main_program(void *ctx) {\n" + body + "\nreturn 0; }";
        var spec = ObjectSpec.Read(Clang.Compile(source, $"--target={arch}"), "local");
        return (ProgramLinker.Link(spec.Programs[0], spec), spec.Btf!);
    }

    private static ulong ValueAt(RelocatedProgram program, int slot)
    {
        var instruction = program.Instructions[slot];
        return instruction.IsWide ? instruction.WideValue(program.Instructions[slot + 1])
            : instruction.IsAlu ? (ulong)instruction.Immediate
            : (ulong)instruction.Offset;
    }

    // kinds of __builtin_preserve_field_info: 0 offset, 1 size, 2 exists, 3 signed, 4 left shift, 5 right shift
    [Theory]
    [InlineData("((struct outer *)ctx)->in.a", 0, 32u)]
    [InlineData("((struct outer *)ctx)->in.b", 0, 24u)]
    [InlineData("((struct outer *)ctx)->head", 0, 40u)]
    [InlineData("((struct outer *)ctx)->values[2]", 0, 104u)]
    [InlineData("((struct outer *)ctx)->list[1].b", 0, 80u)]
    [InlineData("((struct outer *)ctx)[1].head", 0, 176u)]
    [InlineData("((struct outer *)ctx)->tail[3]", 0, 144u)]
    [InlineData("((struct outer___v2 *)ctx)->in.a", 0, 32u)]
    [InlineData("((union both *)ctx)->l", 1, 8u)]
    [InlineData("((struct outer *)ctx)->in", 1, 24u)]
    [InlineData("((struct outer *)ctx)->in.a", 1, 8u)]
    [InlineData("((struct outer *)ctx)->in.a", 2, 1u)]
    [InlineData("((struct lost *)ctx)->x", 2, 0u)]
    [InlineData("((struct outer *)ctx)->in.a", 3, 0u)]
    [InlineData("((struct outer *)ctx)->in.b", 3, 1u)]
    [InlineData("((struct outer *)ctx)->low", 0, 128u)]
    [InlineData("((struct outer *)ctx)->low", 1, 4u)]
    [InlineData("((struct outer *)ctx)->mid", 4, 43u)]
    [InlineData("((struct outer *)ctx)->mid", 5, 52u)]
    [InlineData("((struct outer *)ctx)->sign", 3, 1u)]
    [InlineData("((struct outer *)ctx)->sign", 4, 37u)]
    [InlineData("((struct outer *)ctx)->sign", 5, 58u)]
    public void Fields_answer_from_the_target(string field, int kind, ulong expected)
    {
        var (program, types) = Compile($"out = INFO({field}, {kind});");

        var relocated = new CoreRelocator(types, TargetTypes()).Relocate(program);

        Assert.Empty(relocated.Failures);
        Assert.Equal(expected, ValueAt(relocated, program.CoreRelocations.Single(r => (int)r.Kind == kind).Slot));
    }

    [Theory]
    [InlineData("mid", 4, 41u)]
    [InlineData("mid", 5, 52u)]
    public void Bit_fields_of_a_big_endian_target_shift_the_other_way(string field, int kind, ulong expected)
    {
        var (program, types) = Compile($"out = INFO(((struct outer *)ctx)->{field}, {kind});", "bpfeb");

        var relocated = new CoreRelocator(types, TargetTypes(arch: "bpfeb")).Relocate(program);

        Assert.Equal(expected, ValueAt(relocated, program.CoreRelocations.Single(r => (int)r.Kind == kind).Slot));
    }

    // kinds of __builtin_preserve_type_info: 0 exists, 1 size, 2 matches; of enum_value: 0 exists, 1 value
    [Theory]
    [InlineData("TYPE(struct inner, 1)", 24u)]
    [InlineData("TYPE(inner_t, 1)", 24u)]
    [InlineData("TYPE(struct lost, 1)", 0u)]
    [InlineData("TYPE(struct inner, 0)", 1u)]
    [InlineData("TYPE(handler, 0)", 1u)]
    [InlineData("TYPE(struct lost, 0)", 0u)]
    [InlineData("VALUE(enum color, BLUE, 1)", 30u)]
    [InlineData("VALUE(enum color, GREEN, 0)", 1u)]
    [InlineData("VALUE(enum color, GONE, 0)", 0u)]
    [InlineData("VALUE(enum color___short, RED___short, 1)", 10u)]
    [InlineData("VALUE(enum wide, SMALL, 1)", 5u)]
    public void Types_and_enumerators_answer_from_the_target(string question, ulong expected)
    {
        var (program, types) = Compile($"out = {question};");

        var relocated = new CoreRelocator(types, TargetTypes()).Relocate(program);

        Assert.Empty(relocated.Failures);
        Assert.Equal(expected, ValueAt(relocated, Assert.Single(program.CoreRelocations).Slot));
    }

    [Fact]
    public void An_enumerator_of_64_bits_fills_a_wide_load()
    {
        var (program, types) = Compile("out = VALUE(enum wide, LARGE, 1);");
        BtfBuilder target = new();
        target.Add(new BtfType.Enum(8, IsSigned: false, Is64: true, [new("LARGE", 0x123456789a)]) { Name = "wide" });

        var relocated = new CoreRelocator(types, target.Build()).Relocate(program);

        Assert.Equal(0x123456789au, ValueAt(relocated, Assert.Single(program.CoreRelocations).Slot));
    }

    [Theory]
    [InlineData("struct inner", "struct inner { int b; int c; int a; }", 1u)]
    [InlineData("struct inner", "struct inner { int b; int c; u32 a; }", 0u)]
    [InlineData("struct inner", "struct inner { int a; }", 0u)]
    [InlineData("struct inner", "union inner { int a; int b; }", 0u)]
    [InlineData("enum color", "enum color { GONE, BLUE, GREEN, RED, NEW }", 1u)]
    [InlineData("enum color", "enum color { BLUE, GREEN, RED }", 0u)]
    public void A_type_matches_when_the_target_has_all_of_it(string type, string definition, uint expected)
    {
        var (program, types) = Compile($"out = TYPE({type}, 0);");
        program = program with { CoreRelocations = [program.CoreRelocations[0] with { Kind = CoreRelocationKind.TypeMatches }] };

        var relocated = new CoreRelocator(types, TargetTypes($"{Macros} {definition} v;")).Relocate(program);

        Assert.Equal(expected, ValueAt(relocated, program.CoreRelocations[0].Slot));
    }

    [Fact]
    public void Type_ids_are_of_the_object_or_of_the_target()
    {
        var (program, types) = Compile("out = __builtin_btf_type_id(*(struct inner *)0, 0); out = __builtin_btf_type_id(*(struct inner *)0, 1);");
        var target = TargetTypes();

        var relocated = new CoreRelocator(types, target).Relocate(program);

        ulong local = (ulong)types.Find("inner").Single(), remote = (ulong)target.Find("inner").Single();
        Assert.Equal(
            [(CoreRelocationKind.TypeIdLocal, local), (CoreRelocationKind.TypeIdTarget, remote)],
            program.CoreRelocations.Select(r => (r.Kind, ValueAt(relocated, r.Slot))));
    }

    [Fact]
    public void A_load_takes_the_targets_offset_and_size()
    {
        var (program, types) = Compile("out = ((struct named *)ctx)->number;");

        var relocated = new CoreRelocator(types, TargetTypes("struct named { int a[3]; unsigned short number; } n;")).Relocate(program);

        var load = relocated.Instructions[Assert.Single(program.CoreRelocations).Slot];
        Assert.Equal((InstructionClass.LoadX, MemoryWidth.Half, (short)12), (load.Class, load.Width, load.Offset));
    }

    [Fact]
    public void A_signed_load_of_another_size_is_refused()
    {
        var (program, types) = Compile("out = ((struct plain *)ctx)->a;");

        var relocated = new CoreRelocator(types, TargetTypes("struct plain { long long a; } p;")).Relocate(program);

        var failure = Assert.Single(relocated.Failures);
        Assert.Equal("RU3507", failure.Id);
        Assert.Contains("int here and long long in the target", failure.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("((struct lost *)ctx)->x", "RU3501", "struct lost.x", "the target has no struct 'lost'")]
    [InlineData("((struct outer *)ctx)->in.a", "RU3502", "struct outer.in.a", "the target's struct inner has no field 'a'; nearest is 'aa'")]
    [InlineData("((struct outer *)ctx)->head", "RU3502", "struct outer.head", "field 'head' of the target's struct outer is struct inner, expected u64")]
    [InlineData("((struct outer *)ctx)->values[2]", "RU3502", "struct outer.values[2]", "the target's array has 2 elements, element 2 is wanted")]
    [InlineData("((struct plain *)ctx)->a", "RU3501", "struct plain.a", "the target has no struct 'plain', but union plain")]
    public void A_field_without_an_answer_is_poisoned_and_explained(string field, string id, string access, string reason)
    {
        const string Other = "struct inner { int aa; }; struct outer { struct inner in, head; int values[2]; }; union plain { int a; }; struct outer o; union plain p;";
        var (program, types) = Compile($"out = INFO({field}, 0);");

        var relocated = new CoreRelocator(types, TargetTypes(Other)).Relocate(program);

        var failure = Assert.Single(relocated.Failures);
        Assert.Equal((id, access, reason), (failure.Id, failure.Access, failure.Reason));
        var call = relocated.Instructions[failure.Slot];
        Assert.True(call.IsHelperCall);
        Assert.Equal(195896080, call.Immediate);
        Assert.Same(failure, relocated.FailureAt(failure.Slot));
    }

    [Fact]
    public void Candidates_that_disagree_are_ambiguous()
    {
        var (program, types) = Compile("out = INFO(((struct plain *)ctx)->a, 0);");

        var relocated = new CoreRelocator(types, TargetTypes(
            "struct plain___one { int a; }; struct plain___two { int z; int a; }; struct plain___one p; struct plain___two q;")).Relocate(program);

        Assert.Equal("RU3504", Assert.Single(relocated.Failures).Id);
    }

    [Fact]
    public void Candidates_that_agree_are_one()
    {
        var (program, types) = Compile("out = INFO(((struct plain *)ctx)->a, 0);");

        var relocated = new CoreRelocator(types, TargetTypes(
            "struct plain___one { int z; int a; }; struct plain___two { int y; int a; int b; }; struct plain___one p; struct plain___two q;"))
            .Relocate(program);

        Assert.Empty(relocated.Failures);
        Assert.Equal(4u, ValueAt(relocated, program.CoreRelocations[0].Slot));
    }

    [Fact]
    public void Targets_are_not_opened_without_relocations()
    {
        var (program, types) = Compile("out = 3;");

        var relocated = new CoreRelocator(types, () => throw new InvalidOperationException("opened")).Relocate(program);

        Assert.Empty(relocated.Failures);
        Assert.Equal(program.Instructions, relocated.Instructions);
    }

    [Fact]
    public void The_running_kernel_answers_for_its_own_structs()
    {
        const string Path = "/sys/kernel/btf/vmlinux";
        if (!File.Exists(Path)) Assert.Skip($"needs {Path}");
        var kernel = BtfSpec.Read(File.ReadAllBytes(Path));
        const string Source = Macros + """
            struct task_struct { int pid; char comm[16]; struct task_struct *real_parent; } CORE;
            struct task_struct___none { int no_such_field; } CORE;
            volatile u64 out;
            __attribute__((section("xdp"))) int main_program(struct task_struct *task) {
                out = INFO(task->pid, 0); out = INFO(task->comm, 0); out = INFO(task->real_parent->pid, 0); out = INFO(((struct task_struct___none *)task)->no_such_field, 2);
                return 0; }
            """;
        var spec = ObjectSpec.Read(Clang.Compile(Source), "kernel");
        var program = ProgramLinker.Link(spec.Programs[0], spec);

        var relocated = new CoreRelocator(spec.Btf!, kernel).Relocate(program);

        Assert.Empty(relocated.Failures);
        Assert.True(kernel.TryFind(BtfKind.Struct, "task_struct", out int id));
        var task = (BtfType.Composite)kernel[id];
        ulong Offset(string field) => (ulong)task.Members.Single(m => m.Name == field).BitOffset / 8;
        var values = program.CoreRelocations.Where(r => r.Kind is CoreRelocationKind.FieldByteOffset or CoreRelocationKind.FieldExists)
            .Select(r => ValueAt(relocated, r.Slot)).ToHashSet();
        Assert.Subset(values, new HashSet<ulong> { Offset("pid"), Offset("comm"), 0 });
    }
}
