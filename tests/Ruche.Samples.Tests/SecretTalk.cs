// SPDX-License-Identifier: MIT
using System.IO.Pipes;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Ruche.Samples.Tests;

/// <summary>A client and a server that talk encrypted; on Linux, .NET encrypts with OpenSSL.</summary>
internal static class SecretTalk
{
    /// <summary>The client asks, the server answers.</summary>
    public static async Task HoldAsync(string question, string answer)
    {
        using AnonymousPipeServerStream toServer = new(PipeDirection.Out), toClient = new(PipeDirection.Out);
        using AnonymousPipeClientStream atServer = new(PipeDirection.In, toServer.ClientSafePipeHandle), atClient = new(PipeDirection.In, toClient.ClientSafePipeHandle);
        await using SslStream client = new(new TwoWay(atClient, toServer), leaveInnerStreamOpen: true, (_, certificate, _, _) => certificate?.Subject == "CN=ruche");
        await using SslStream server = new(new TwoWay(atServer, toClient), leaveInnerStreamOpen: true);
        using RSA key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=ruche", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await Task.WhenAll(client.AuthenticateAsClientAsync("ruche"), server.AuthenticateAsServerAsync(certificate));
        await client.WriteAsync(Encoding.UTF8.GetBytes(question));
        await ReadAsync(server, question.Length);
        await server.WriteAsync(Encoding.UTF8.GetBytes(answer));
        await ReadAsync(client, answer.Length);
    }

    private static async Task ReadAsync(SslStream stream, int length) => await stream.ReadExactlyAsync(new byte[length]);
}
