// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>What is said of programs, maps and variables that are declared as no object has them.</summary>
internal static class DeclarationRefusals
{
    public static Refusal NoVariable(string field, string type) => new(RuleIds.StaticField, $"static field '{field}' of type '{type}' is no global variable", "use numbers and structs of numbers");

    public static Refusal InitialValue(string field) => new(RuleIds.StaticField, $"the initial value of '{field}' is not known when compiling", "give it a constant, or set it before the object is loaded");

    public static Refusal StaticConstructor(string type) => new(RuleIds.StaticField, $"the static constructor of '{type}' does more than to set constants", "do it in a program, or set the variables before the object is loaded");

    public static Refusal UnmarkedMap(string map) => new(RuleIds.Map, $"map '{map}' does not say what it is like", "mark it: [BpfMap(MaxEntries = 1024)]");

    public static Refusal TwoMaps(string map) => new(RuleIds.Map, $"there are two maps '{map}'", "name one of them: [BpfMap(Name = \"…\")]");

    public static Refusal NoEntries(string map) => new(RuleIds.Map, $"map '{map}' has no entries", "say how many: [BpfMap(MaxEntries = 1024)]");

    public static Refusal NoInnerEntries(string map) => new(RuleIds.Map, $"the maps inside of '{map}' have no entries", "say how many: [BpfMap(MaxEntries = 8, InnerMaxEntries = 1024)]");

    public static Refusal Entries(string map, long entries) => new(RuleIds.Map, $"storage map '{map}' has {entries} entries", "leave MaxEntries away: the kernel keeps a value with each object");

    public static Refusal RingSize(string map, long bytes) => new(RuleIds.Map, $"ring buffer '{map}' has {bytes} bytes", "give it a power of two, of 4096 and more");

    public static Refusal MapType(string map, string type) => new(RuleIds.Map, $"map '{map}' has keys or values of type '{type}'", "use numbers, and structs of numbers");

    public static Refusal LpmKey(string map, string type) => new(RuleIds.Map, $"trie '{map}' has keys of type '{type}'", "use LpmKey<…>, which begins with the length of the prefix");

    public static Refusal NoTable(string map, string type) => new(RuleIds.Map, $"table '{map}' is of type '{type}', which is no struct of the kernel", "mark the struct: [KernelType(\"struct …\")]");

    public static Refusal TableValue(string map, string member) => new(RuleIds.Map, $"table '{map}' has no member '{member}' that takes this value", "set numbers with numbers, and inline arrays of bytes with text that is shorter than they are");

    public static Refusal TwoPrograms(string name) => new(RuleIds.Program, $"there are two programs '{name}'", "name one of them: Name = \"…\"");

    public static Refusal NotPlain(string method) => Program(method, "is no plain static method", "make it static, without type parameters");

    public static Refusal Returns(string method, string type) => Program(method, $"returns '{type}'", "return an int");

    public static Refusal Takes(string method, string type) => Program(method, $"takes a '{type}'", "take numbers and pointers");

    public static Refusal MoreThanContext(string method) => Program(method, "takes more than its context", "take the context by reference, and nothing else");

    public static Refusal TooMany(string method) => Program(method, "takes more arguments than there are registers for", "take fewer, or the registers themselves: ref PtRegs");

    public static Refusal NoObject(string method) => Program(method, "is in a class that is no object", "mark the class with [BpfObject]");

    public static Refusal NoMember(string method, string member) => Program(method, $"is for member '{member}', which no table of its class has as a function", "declare it in the struct of a BpfStructOps<…>, as a delegate*<…>, or name another: [StructOps(\"…\")]");

    public static Refusal MemberShape(string method, string member) => Program(method, $"does not take and return what member '{member}' does", "take and return the same types as its delegate*<…>");

    public static Refusal MemberTaken(string method, string member) => Program(method, $"is for member '{member}', which another program is for already", "name another member, or its table: [StructOps(\"…\", Table = \"…\")]");

    public static Refusal Callback(string method, string type) => new(RuleIds.Type, $"'{method}' is called back and takes or returns a '{type}'", "take numbers and pointers, and return a long");

    private static Refusal Program(string method, string what, string advice) => new(RuleIds.Program, $"program '{method}' {what}", advice);
}
