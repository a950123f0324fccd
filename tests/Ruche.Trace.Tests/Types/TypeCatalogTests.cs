// SPDX-License-Identifier: MIT
using Ruche.Bpf.Objects.Btf;
using Ruche.Trace.Types;

namespace Ruche.Trace.Tests.Types;

public sealed class TypeCatalogTests
{
    private readonly BtfBuilder _types = new();
    private readonly Lazy<TypeCatalog> _catalog;

    public TypeCatalogTests()
    {
        _catalog = new(() => { var built = _types.Build(); return new(() => built); });
    }

    private TypeCatalog Catalog => _catalog.Value;

    [Theory]
    [InlineData("int8", "int8")]
    [InlineData("char", "int8")]
    [InlineData("unsigned char", "uint8")]
    [InlineData("u32", "uint32")]
    [InlineData("__u64", "uint64")]
    [InlineData("unsigned", "uint32")]
    [InlineData("unsigned long", "uint64")]
    [InlineData("long unsigned int", "uint64")]
    [InlineData("long long", "int64")]
    [InlineData("unsigned short int", "uint16")]
    [InlineData("signed char", "int8")]
    [InlineData("size_t", "uint64")]
    [InlineData("bool", "bool")]
    [InlineData("void", "none")]
    public void Numbers_of_C_are_known_without_the_kernel(string name, string expected)
    {
        TypeCatalog catalog = new(() => throw new InvalidOperationException("nobody needs the kernel's types for this"));

        Assert.Equal(expected, catalog.Find(name)?.ToString());
    }

    [Fact]
    public void A_structure_has_its_fields_with_their_offsets()
    {
        int number = Int("int", 4, IntEncoding.Signed), wide = Int("long unsigned int", 8), name = Array(Int("char", 1), 16);
        Struct("task", 40, new("pid", number, 0, 0), new("comm", name, 32, 0), new("numbers", Array(wide, 2), 24 * 8, 0));

        var task = Assert.IsType<TraceType.Record>(Catalog.Find("struct task"));

        Assert.Equal("struct task", task.Layout.Name);
        Assert.Equal(40, task.Layout.Size);
        Assert.Equal(
            [new("pid", TraceType.Int32, 0), new("comm", new TraceType.Text(16), 4), new("numbers", new TraceType.Array(TraceType.UInt64, 2), 24)],
            task.Layout.Members);
    }

    [Fact]
    public void Structures_that_lead_to_each_other_are_one_object_each()
    {
        int pointer = _types.Reserve(), list = Struct("list", 8, new BtfMember("next", pointer, 0, 0));
        _types[pointer] = new BtfType.Pointer(list);

        var found = Assert.IsType<TraceType.Record>(Catalog.Find("struct list"));

        Assert.Equal(new TraceType.Pointer(found, MemorySpace.Kernel), found.Layout.Find("next")!.Type);
        Assert.Same(found.Layout, ((TraceType.Record)Catalog.Of(list)).Layout);
    }

    [Fact]
    public void Members_without_a_name_lend_their_fields()
    {
        int number = Int("int", 4, IntEncoding.Signed);
        int inner = Struct("", 8, new("a", number, 0, 0), new("b", number, 32, 0));
        int choice = _types.Add(new BtfType.Composite(true, 8, [new("", inner, 0, 0), new("c", number, 0, 0)]));
        Struct("outer", 16, new("first", number, 0, 0), new("", choice, 64, 0));

        var outer = Assert.IsType<TraceType.Record>(Catalog.Find("struct outer"));

        Assert.Equal([("first", 0), ("a", 8), ("b", 12), ("c", 8)], outer.Layout.Members.Select(m => (m.Name, m.Offset)));
    }

    [Fact]
    public void A_bit_field_lies_in_the_number_of_its_type_that_holds_it()
    {
        int number = Int("unsigned int", 4), truth = Int("_Bool", 1, IntEncoding.Bool);
        Struct("flags", 8, new("low", number, 0, 3), new("high", number, 37, 5), new("truth", truth, 51, 1));

        var flags = Assert.IsType<TraceType.Record>(Catalog.Find("struct flags"));

        Assert.Equal(
            [new("low", TraceType.UInt32, 0, 0, 3), new("high", TraceType.UInt32, 4, 5, 5), new("truth", TraceType.Bool, 6, 3, 1)],
            flags.Layout.Members);
    }

    [Fact]
    public void A_bit_field_of_a_packed_structure_is_read_within_the_structure()
    {
        int number = Int("unsigned int", 4);
        Struct("packed", 3, new("head", number, 0, 4), new("tail", number, 12, 10));

        var packed = Assert.IsType<TraceType.Record>(Catalog.Find("struct packed"));

        Assert.Equal(
            [new("head", new TraceType.Integer(1, false), 0, 0, 4), new("tail", new TraceType.Integer(2, false), 1, 4, 10)],
            packed.Layout.Members);
    }

    [Fact]
    public void A_bit_field_of_an_old_compiler_is_one_too()
    {
        int three = _types.Add(new BtfType.Int(4, IntEncoding.None, 2, 3) { Name = "unsigned int" });
        Struct("old", 4, new BtfMember("bits", three, 8, 0));

        var old = Assert.IsType<TraceType.Record>(Catalog.Find("struct old"));

        Assert.Equal([new("bits", TraceType.UInt32, 0, 10, 3)], old.Layout.Members);
    }

    [Fact]
    public void Modifiers_and_typedefs_do_not_matter()
    {
        int number = Int("int", 4, IntEncoding.Signed);
        _types.Add(new BtfType.Typedef(_types.Add(new BtfType.Const(_types.Add(new BtfType.Volatile(number))))) { Name = "pid_t" });

        Assert.Equal(TraceType.Int32, Catalog.Find("pid_t"));
    }

    [Fact]
    public void A_structure_without_a_name_is_called_by_its_typedef()
    {
        int inner = Struct("", 4, new BtfMember("counter", Int("int", 4, IntEncoding.Signed), 0, 0));
        _types.Add(new BtfType.Typedef(inner) { Name = "atomic_t" });

        Assert.Equal("atomic_t", Catalog.Find("atomic_t")?.ToString());
    }

    [Fact]
    public void A_pointer_to_a_function_leads_to_nothing()
    {
        int call = _types.Add(new BtfType.Pointer(_types.Add(new BtfType.FunctionPrototype(0, []))));
        Struct("operations", 8, new BtfMember("call", call, 0, 0));

        var operations = Assert.IsType<TraceType.Record>(Catalog.Find("struct operations"));

        Assert.Equal([new("call", new TraceType.Pointer(TraceType.None, MemorySpace.Kernel), 0)], operations.Layout.Members);
    }

    [Fact]
    public void A_pointer_marked_as_a_processs_is_one()
    {
        int text = _types.Add(new BtfType.Pointer(_types.Add(new BtfType.TypeTag(Int("char", 1, IntEncoding.Signed)) { Name = "user" })));
        Struct("call", 8, new BtfMember("path", text, 0, 0));

        var call = Assert.IsType<TraceType.Record>(Catalog.Find("struct call"));

        Assert.Equal(new TraceType.Pointer(new TraceType.Integer(1, true), MemorySpace.User), call.Layout.Members[0].Type);
    }

    [Fact]
    public void A_structure_that_is_only_declared_has_no_fields()
    {
        int forward = _types.Add(new BtfType.Forward(IsUnion: false) { Name = "secret" });

        var secret = Assert.IsType<TraceType.Record>(Catalog.Of(forward));

        Assert.Equal(("struct secret", 0), (secret.Layout.Name, secret.Layout.Size));
        Assert.Empty(secret.Layout.Members);
    }

    [Fact]
    public void An_enumerator_is_found_by_its_name()
    {
        _types.Add(new BtfType.Enum(4, true, false, [new("NONE", 0), new("LESS", unchecked((ulong)-1))]) { Name = "order" });

        Assert.Equal("enum order", Catalog.Find("enum order")?.ToString());
        Assert.Equal(("enum order", -1L), Catalog.FindEnumerator("LESS") is { } x ? (x.Type.Name, x.Value) : default);
        Assert.Equal("LESS", Catalog.FindEnumerator("NONE")!.Value.Type.NameOf(-1));
        Assert.Null(Catalog.FindEnumerator("MORE"));
    }

    [Fact]
    public void A_name_needs_no_keyword()
    {
        Struct("task", 8);

        Assert.Equal(Catalog.Find("struct task"), Catalog.Find("task"));
        Assert.Null(Catalog.Find("union task"));
        Assert.Null(Catalog.Find("tusk"));
    }

    [Fact]
    public void A_type_that_is_no_number_of_a_register_is_bytes()
    {
        _types.Add(new BtfType.Typedef(Int("__int128", 16, IntEncoding.Signed)) { Name = "s128" });

        Assert.Equal("uint8[16]", Catalog.Find("s128")?.ToString());
    }

    [Fact]
    public void The_running_kernel_tells_its_tasks()
    {
        Assert.SkipWhen(TypeCatalog.Running.Types is null, "the kernel tells no types");

        var task = Assert.IsType<TraceType.Record>(TypeCatalog.Running.Find("struct task_struct"));

        Assert.Equal(new TraceType.Text(16), task.Layout.Find("comm")!.Type);
        Assert.Equal(new TraceType.Pointer(task, MemorySpace.Kernel), task.Layout.Find("real_parent")!.Type);
        Assert.True(task.Layout.Find("pid")!.Offset > 0);
    }

    [Fact]
    public void Every_field_of_the_running_kernel_lies_in_its_structure()
    {
        Assert.SkipWhen(TypeCatalog.Running.Types is null, "the kernel tells no types");
        var types = TypeCatalog.Running.Types!;
        int seen = 0;

        foreach (int id in types.IdsOf(BtfKind.Struct))
        {
            var layout = TypeCatalog.Running.RecordOf(id);
            foreach (var member in layout.Members)
            {
                int size = ValueLayout.SizeOf(member.Type);
                Assert.True(member.Offset + size <= layout.Size, $"{layout.Name}.{member.Name} at {member.Offset} of {size} bytes");
                if (member.BitSize > 0) Assert.True(member.BitOffset + member.BitSize <= size * 8, $"{layout.Name}.{member.Name}");
                seen++;
            }
        }

        Assert.True(seen > 1000, $"{seen} fields");
    }

    private int Int(string name, int size, IntEncoding encoding = IntEncoding.None) => _types.Add(new BtfType.Int(size, encoding, 0, size * 8) { Name = name });

    private int Array(int element, int count) => _types.Add(new BtfType.Array(element, element, count));

    private int Struct(string name, int size, params BtfMember[] members) => _types.Add(new BtfType.Composite(false, size, [.. members]) { Name = name });
}
