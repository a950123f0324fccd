// SPDX-License-Identifier: MIT
namespace Ruche.Cli.Bpf.Testing;

/// <summary>What one run is given.</summary>
/// <param name="Name">What the output calls it.</param>
/// <param name="Bytes">The packet or record.</param>
internal sealed record TestInput(string Name, byte[] Bytes);
