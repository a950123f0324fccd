// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Text.RegularExpressions;
using Ruche.Bpf.Kernel.Lowering;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Verifier.Prototypes;

namespace Ruche.Bpf.Kernel.Tests.Calls;

/// <summary>The kernel's own functions as methods. A loader refuses calls whose parameters are of another kind than the function's.</summary>
public sealed partial class KernelFunctionTests
{
    public static TheoryData<string> Names => [.. KernelLibrary.MethodsWith<KfuncAttribute>().Select(k => k.Attribute.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_text_tells_since_when_it_is_there(string name)
    {
        MethodInfo method = MethodOf(name);

        var versions = SummaryTexts.Of(method).Select(text => Version().Match(text)).Where(m => m.Success).Select(m => m.Groups["version"].Value);

        Assert.Contains($"{KernelFunctionTable.Find(name)!.Since}", versions);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_method_has_the_kinds_of_parameters_that_the_kernel_has(string name)
    {
        BtfSpec kernel = KernelTypes.OrSkip();
        if (!kernel.TryFind(BtfKind.Function, name, out int id)) Assert.Skip($"this kernel has no {name}");
        var prototype = (BtfType.FunctionPrototype)kernel[((BtfType.Function)kernel[id]).Prototype];

        MethodInfo method = MethodOf(name);

        Assert.Equal(prototype.Parameters.Length, method.GetParameters().Length);
        foreach (var (ours, theirs) in method.GetParameters().Zip(prototype.Parameters))
            Assert.True(Fits(kernel, ours.ParameterType, theirs.Type), $"{ours} is not {kernel.TypeNameOf(theirs.Type)}");
        Assert.True(Fits(kernel, method.ReturnType, prototype.Return), $"{method.ReturnType} is not {kernel.TypeNameOf(prototype.Return)}");
    }

    [GeneratedRegex(@"Since\s+(?<version>\d+\.\d+)(;\s+may\s+sleep)?\.\s*$")]
    private static partial Regex Version();

    private static MethodInfo MethodOf(string name) => KernelLibrary.MethodsWith<KfuncAttribute>().First(k => k.Attribute.Name == name).Method;

    private static bool Fits(BtfSpec kernel, Type ours, int theirs)
    {
        int resolved = kernel.Resolve(theirs);
        if (kernel[resolved] is BtfType.Pointer pointer) return PointsTo(kernel, ours, kernel.Resolve(pointer.Target));
        if (ours == typeof(void)) return resolved == 0;
        return Kind(ours) == kernel[resolved].GetType() && kernel.SizeOf(resolved) == (ours == typeof(bool) ? 1 : SizeOf(ours));
    }

    private static bool PointsTo(BtfSpec kernel, Type ours, int target)
    {
        if (ours.IsFunctionPointer) return kernel[target] is BtfType.FunctionPrototype;
        // A map is handed over as an address of nothing in particular.
        if (ours.IsGenericParameter) return target == 0;
        if (!ours.IsByRef && !ours.IsPointer) return false;
        Type element = ours.GetElementType()!;
        if (element == typeof(void)) return target == 0 || kernel[target] is BtfType.FunctionPrototype;
        return Kind(element) == (kernel[target] is BtfType.Forward ? typeof(BtfType.Composite) : kernel[target].GetType());
    }

    private static Type Kind(Type type) => type.IsEnum ? typeof(BtfType.Enum) : type.IsPrimitive ? typeof(BtfType.Int) : typeof(BtfType.Composite);

    private static int SizeOf(Type type) => System.Runtime.InteropServices.Marshal.SizeOf(type.IsEnum ? Enum.GetUnderlyingType(type) : type);
}
