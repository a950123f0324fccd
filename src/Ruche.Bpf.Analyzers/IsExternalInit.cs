// SPDX-License-Identifier: MIT
namespace System.Runtime.CompilerServices;

/// <summary>What records ask of a framework that is older than they are.</summary>
internal static class IsExternalInit;
