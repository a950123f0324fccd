// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Text;
using Ruche.Bpf.Features;
using Ruche.Bpf.Kernel;
using Ruche.Bpf.Objects.Btf;
using Ruche.Bpf.Objects.Specs;
using Ruche.Bpf.Tokens;

namespace Ruche.Bpf.Loading;

/// <summary>Gives an object's types to the kernel.</summary>
internal static unsafe class ObjectTypes
{
    private const string Ksyms = ".ksyms";

    /// <summary>Loads the types; null when there are none, or when the kernel refuses them. <paramref name="refusal"/> then says why.</summary>
    public static BpfFd? Load(ObjectSpec spec, BpfToken? token, out string? refusal)
    {
        refusal = null;
        if (spec.Btf is not { } own) return null;
        var btf = WithoutExterns(spec, own);
        if (TryLoad(btf, token, out var fd)) return fd;

        // Only now is it worth asking what the kernel knows.
        var plain = BtfSanitizer.Sanitize(btf, Known());
        return !ReferenceEquals(plain, btf) && TryLoad(plain, token, out fd) ? fd : Explain(plain, token, out refusal);
    }

    /// <summary>The kernel takes no declarations: externs become what a definition would be.</summary>
    private static BtfSpec WithoutExterns(ObjectSpec spec, BtfSpec own)
    {
        if (spec.Externs.IsEmpty) return own;
        var builder = BtfBuilder.From(own);
        int number = 0, placeholder = 0;
        for (int id = own.FirstId; id < own.Count; id++)
        {
            switch (own[id])
            {
                case BtfType.Variable { Linkage: BtfLinkage.Extern } variable:
                    builder[id] = variable with { Linkage = BtfLinkage.Global };
                    break;
                case BtfType.Function { Linkage: BtfLinkage.Extern } function:
                    builder[id] = function with { Linkage = BtfLinkage.Global };
                    NameParameters(builder, own, function.Prototype);
                    break;
                case BtfType.DataSection { Name: Ksyms } section:
                    if (number == 0) number = builder.Add(new BtfType.Int(4, IntEncoding.Signed, 0, 32) { Name = "int" });
                    if (placeholder == 0) placeholder = builder.Add(new BtfType.Variable(number, BtfLinkage.Global) { Name = "ksym_placeholder" });
                    builder[id] = PlaceSymbols(builder, own, section, number, placeholder);
                    break;
            }
        }

        return builder.Build(own.ByteOrder);
    }

    /// <summary>Kernel functions and variables of any type become ints that lie one after the other.</summary>
    private static BtfType.DataSection PlaceSymbols(
        BtfBuilder builder, BtfSpec own, BtfType.DataSection section, int number, int placeholder)
    {
        var symbols = section.Variables.ToBuilder();
        for (int i = 0; i < symbols.Count; i++)
        {
            bool isFunction = own.KindOf(symbols[i].Type) is BtfKind.Function;
            if (!isFunction && own[symbols[i].Type] is BtfType.Variable variable)
                builder[symbols[i].Type] = variable with { Target = number, Linkage = BtfLinkage.Global };
            symbols[i] = new(isFunction ? placeholder : symbols[i].Type, i * sizeof(int), sizeof(int));
        }

        return section with { Size = symbols.Count * sizeof(int), Variables = symbols.ToImmutable() };
    }

    /// <summary>A function needs names for its parameters; a declaration may have none.</summary>
    private static void NameParameters(BtfBuilder builder, BtfSpec own, int id)
    {
        if (own[id] is not BtfType.FunctionPrototype prototype) return;
        var parameters = prototype.Parameters.ToBuilder();
        for (int i = 0; i < parameters.Count; i++)
        {
            if (parameters[i].Name.Length == 0 && parameters[i].Type != 0) parameters[i] = parameters[i] with { Name = "parameter" };
        }

        builder[id] = prototype with { Parameters = parameters.ToImmutable() };
    }

    private static bool TryLoad(BtfSpec btf, BpfToken? token, out BpfFd? fd)
    {
        fd = null;
        // SAFETY: the image is pinned for the call and its length is given.
        fixed (byte* image = btf.Image.Span)
        {
            BtfLoadAttr attr = new() { Btf = (ulong)image, BtfSize = (uint)btf.Image.Length };
            Use(token, ref attr);
            if (BpfSyscall.Try(BpfCommand.BtfLoad, ref attr, out int number) is not Errno.None) return false;
            fd = new(number);
            return true;
        }
    }

    /// <summary>Asks again with a log, for the reason; returns null.</summary>
    private static BpfFd? Explain(BtfSpec btf, BpfToken? token, out string? refusal)
    {
        byte[] log = new byte[64 * 1024];
        // SAFETY: image and log are pinned for the call and their lengths are given.
        fixed (byte* image = btf.Image.Span, text = log)
        {
            BtfLoadAttr attr = new()
            {
                Btf = (ulong)image,
                BtfSize = (uint)btf.Image.Length,
                BtfLogBuf = (ulong)text,
                BtfLogSize = (uint)log.Length,
                BtfLogLevel = 1,
            };
            Use(token, ref attr);
            Errno errno = BpfSyscall.Try(BpfCommand.BtfLoad, ref attr, out int number);
            refusal = null;
            if (errno is Errno.None) return new(number);

            string[] lines = Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(text))
                .Split('\n', StringSplitOptions.RemoveEmptyEntries);
            refusal = lines.Length > 0 ? $"{errno}: {lines[^1].Trim()}" : errno.ToString();
            return null;
        }
    }

    private static void Use(BpfToken? token, ref BtfLoadAttr attr)
    {
        const uint TokenGiven = 1 << 16;
        if (token is null) return;
        attr.BtfFlags |= TokenGiven;
        attr.BtfTokenFd = token.Fd.Value;
    }

    private static BtfFeatures Known() =>
        Ask(KernelFeatures.BtfFunction, BtfFeatures.Functions)
        | Ask(KernelFeatures.BtfDataSection, BtfFeatures.DataSections)
        | Ask(KernelFeatures.BtfGlobalFunction, BtfFeatures.GlobalFunctions)
        | Ask(KernelFeatures.BtfFloat, BtfFeatures.Floats)
        | Ask(KernelFeatures.BtfDeclTag, BtfFeatures.DeclTags)
        | Ask(KernelFeatures.BtfTypeTag, BtfFeatures.TypeTags)
        | Ask(KernelFeatures.BtfEnum64, BtfFeatures.Enum64);

    private static BtfFeatures Ask(FeatureProbe probe, BtfFeatures feature) => probe.Ask() is Support.Yes ? feature : BtfFeatures.None;
}
