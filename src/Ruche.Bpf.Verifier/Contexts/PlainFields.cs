// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Verifier.Contexts;

/// <summary>The contexts without a structure of their own.</summary>
internal static class PlainFields
{
    /// <summary>What the caller of a syscall program hands to it: bytes of which only the caller knows how many there are.</summary>
    public static ContextTable Syscall { get; } = new(
        "the context of a syscall program",
        ushort.MaxValue,
        new ContextField("ctx", 0, ushort.MaxValue)
        {
            Reads = AccessSizes.Any,
            Writes = AccessSizes.Any,
            Writers = Audience.Everyone,
            Since = new(5, 14),
            Reach = ushort.MaxValue + 1,
        });

    /// <summary>A pulse or a space of an infrared remote control.</summary>
    public static ContextTable Lirc { get; } = new("the sample of a remote control", 4, new ContextField("sample", 0));
}
