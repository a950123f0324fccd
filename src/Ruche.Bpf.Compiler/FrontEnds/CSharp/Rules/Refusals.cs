// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Compiler.FrontEnds.CSharp.Rules;

/// <summary>What is said of code that no kernel program can run: by the build, which reads IL, and while typing, by the analyzer.</summary>
internal static class Refusals
{
    private const string NoHeap = "use a struct, a program of the kernel has no heap";
    private const string NoExceptions = "return an error, a program of the kernel has no exceptions";

    public static Refusal Fraction => new(RuleIds.FloatingPoint, "a fraction is computed", "scale to whole numbers, the kernel has no floating point");

    public static Refusal ArrayMade => new(RuleIds.Heap, "an array is made", "use stackalloc with a Span, or an inline array");

    public static Refusal Boxed => new(RuleIds.Heap, "a value is boxed", "keep its type, a program of the kernel has no heap");

    public static Refusal StringUsed => new(RuleIds.Heap, "a string is used", "use a UTF-8 literal, \"…\"u8, or a buffer of bytes");

    public static Refusal ObjectUsed => new(RuleIds.Heap, "an object is used", "use structs, a program of the kernel has no heap");

    public static Refusal TypeAsked => new(RuleIds.Heap, "a type is asked for when running", "use a type parameter, or sizeof; a program of the kernel has no heap");

    public static Refusal DelegateMade => new(RuleIds.LateCall, "a delegate is made", "use a static method, or a function pointer for a helper that calls back");

    public static Refusal CalledThroughPointer => new(RuleIds.LateCall, "a function is called through a pointer", "call a static method, or hand the pointer to a helper that calls back");

    public static Refusal Dynamic => new(RuleIds.LateCall, "what is dynamic is decided when it runs", "use the type");

    public static Refusal Thrown => new(RuleIds.Exceptions, "an exception is thrown", NoExceptions);

    public static Refusal Caught => new(RuleIds.Exceptions, "an exception is caught", NoExceptions);

    public static Refusal Checked => new(RuleIds.Exceptions, "an overflow is checked, which throws", "compare before, or say unchecked; a program of the kernel has no exceptions");

    public static Refusal NotExhaustive => new(RuleIds.Exceptions, "a switch expression throws for what it does not name", "add a case for all others: _ => …");

    public static Refusal StackSizeUnknown => new(RuleIds.StackSize, "stackalloc takes a size that is not known when compiling", "give it a constant");

    public static Refusal NoKernelField => new(RuleIds.Instruction, "what is asked about is no field of a kernel type", "write 'in pointer->field'");

    public static Refusal NoEnumerator => new(RuleIds.Instruction, "what is asked about is no enumerator of a kernel type", "write EnumValue<TheEnum>(nameof(TheEnum.Name))");

    public static Refusal StackTooLarge(long bytes) => new(RuleIds.StackSize, $"stackalloc takes {bytes} bytes, and a program has 512", "use a per-CPU array of one entry");

    public static Refusal NoKernelType(string type) => new(RuleIds.Instruction, $"'{type}' is no type of the kernel", "mark it with [KernelType(\"struct …\")]");

    public static Refusal ObjectMade(string type) => new(RuleIds.Heap, $"an object is made: '{(type.StartsWith("<>f__AnonymousType", StringComparison.Ordinal) ? "new { … }" : type)}'", NoHeap);

    public static Refusal StateMachine(string method) => new(RuleIds.Heap, $"'{method}' awaits or yields, which makes an object", "loop where the values are used, a program of the kernel has no heap");

    public static Refusal Late(string method) => new(RuleIds.LateCall, $"'{method}' is decided when it is called", "call a static method, or one of a struct");

    public static Refusal Recursion(string method) => new(RuleIds.Recursion, $"method '{method}' may come to call itself", "use a loop");

    public static Refusal NoBody(string method) => new(RuleIds.Missing, $"method '{method}' has no body", "write one, or mark it with [Helper(…)] or [Kfunc(\"…\")]");

    public static Refusal NoCounterpart(string what) => new(RuleIds.Instruction, $"'{what}' has no counterpart in the kernel", "write it another way");

    public static Refusal TooManyForHelper(string method, int arguments) => new(RuleIds.Instruction, $"'{method}' takes {arguments} arguments, and a helper five", "hand a struct by reference");

    public static Refusal HelperGiven(string type) => new(RuleIds.Type, $"a helper is given a value of type '{type}'", "hand it by reference");

    public static Refusal KernelCopy(string type) => new(RuleIds.KernelCopy, $"'{type}' is a struct of the kernel and is copied whole", "take its address, and read the fields that you need: its layout is known only when the program is loaded");

    /// <summary>A value of a type that programs have none of; <paramref name="flaw"/> says which field of a struct it is for.</summary>
    public static Refusal NoValue(ValueKind kind, string type, string? flaw) => kind switch
    {
        ValueKind.Fraction => Fraction,
        ValueKind.Array => new(RuleIds.Heap, $"an array is used: {type}", ArrayMade.Advice),
        ValueKind.String => StringUsed,
        ValueKind.Object => new(RuleIds.Heap, $"an object is used: '{type}'", ObjectUsed.Advice),
        _ => new(RuleIds.Type, flaw is null ? $"a program can have no value of type '{type}'" : $"a program can have no value of type '{type}', for its field '{flaw}'", "use numbers, enumerations, structs and pointers"),
    };

    /// <summary>A method of the base library that is in no table.</summary>
    public static Refusal NotInKernel(string type, string method) => (type, method) switch
    {
        ("System.Decimal" or "System.Double" or "System.Single" or "System.Half", not "ToString") => Fraction,
        ("System.Object" or "System.ValueType" or "System.Enum", _) => Boxed,
        ("System.String" or "System.Text.StringBuilder", _) or (_, "ToString") or ("System.MemoryExtensions", "AsSpan") => new(RuleIds.Heap, $"a string is used: '{type}.{method}'", StringUsed.Advice),
        _ when method == "Invoke" && (type.StartsWith("System.Func`", StringComparison.Ordinal) || type.StartsWith("System.Action", StringComparison.Ordinal)) => Late($"{type}.{method}"),
        _ when type.EndsWith("Exception", StringComparison.Ordinal) || method.StartsWith("Throw", StringComparison.Ordinal) => new(RuleIds.Exceptions, $"an exception is made: '{type}.{method}'", NoExceptions),
        _ => new(RuleIds.BaseLibrary, $"'{type}.{method}' is not there in the kernel", "write it as a static method of your own, or use what Ruche.Bpf.Kernel has"),
    };

    /// <summary>A static field of the base library.</summary>
    public static Refusal FieldNotInKernel(string type, string field) => type == "System.String" ? StringUsed
        : type == "System.Decimal" ? Fraction
        : new(RuleIds.BaseLibrary, $"'{type}.{field}' is not there in the kernel", "use a constant, or a static field of your own");
}
