// SPDX-License-Identifier: MIT

// What is measured is Linux.
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
