// SPDX-License-Identifier: MIT
namespace Ruche.Bpf.Objects.Btf;

/// <summary>An immutable set of BTF types.</summary>
public sealed class BtfSpec
{
}
