using System.Management.Automation;
using System.Text;
using S3ModelStore.TestServer;
using S3ModelStore.Tests.Hosting;

namespace S3ModelStore.Tests.Secrets;

/// <summary>The secret key and the session token appear in no stream, no error, no file, whatever goes wrong.</summary>
public sealed class SecretTests
{
    private const string Secret = "PlantedSecretKey/0123456789+abcdefghijkl";
    private const string Token = "PlantedSessionToken//////////wEaCXVzLWVhc3QtMSJHMEUCIQ";

    public static TheoryData<string> Scripts() =>
    [
        "Save-S3Model s3://b/m ./d -Verbose -Debug",
        "Save-S3Model s3://b/m ./d -ErrorAction Stop -Verbose -Debug",
        "Get-S3ModelObject s3://b/m -Verbose -Debug",
        "Test-S3ModelSource s3://b/m -Detailed -Verbose -Debug",
        "Measure-S3ModelDownload s3://b/m ./d -Verbose -Debug",
        "Save-S3Model s3://b/m ./d -WhatIf -Verbose -Debug",
        "Save-S3Model s3://nowhere/m ./d -Verbose -Debug",
    ];

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task When_all_goes_well(string script) => AssertKeptAsync(script, _ => { });

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task When_the_secret_is_wrong(string script) => AssertKeptAsync(script, server => server.Credentials.Revoke("PLANTEDKEY"));

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task When_the_token_has_expired(string script) => AssertKeptAsync(script, server => server.Credentials.Expire("PLANTEDKEY"));

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task When_every_read_fails(string script) => AssertKeptAsync(script, server => server.Faults.OnGet().Always().Status(500));

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task When_connections_break(string script) => AssertKeptAsync(script, server => server.Faults.On(_ => true).Always().DropConnectionBeforeHeaders());

    [Theory]
    [MemberData(nameof(Scripts))]
    public Task When_answers_are_garbage(string script) => AssertKeptAsync(script, server => server.Faults.On(_ => true).Always().GarbageXml());

    private static async Task AssertKeptAsync(string script, Action<S3TestServer> spoil)
    {
        await using var store = await ModelServer.StartAsync();
        store.Server.Credentials.Accept("PLANTEDKEY", Secret, Token);
        store.Put("m/a.bin", 9_000_000);
        store.Put("m/b.json", "{}");
        store.Engine.Set("Secret", Secret);
        store.Engine.Set("Token", Token);
        store.Engine.Run("""
            $secure = [System.Security.SecureString]::new(); $Secret.ToCharArray() | ForEach-Object { $secure.AppendChar($_) }
            $secureToken = [System.Security.SecureString]::new(); $Token.ToCharArray() | ForEach-Object { $secureToken.AppendChar($_) }
            $PSDefaultParameterValues['*-S3Model*:Credential'] = [pscredential]::new('PLANTEDKEY', $secure)
            $PSDefaultParameterValues['*-S3Model*:SessionToken'] = $secureToken
            $PSDefaultParameterValues['Save-S3Model:MaxRetries'] = 1
            """);
        spoil(store.Server);

        // Every stream as objects, and the same on the screen.
        var result = store.Engine.Run(script + " *>&1 | ForEach-Object { $_; $_ | Out-Default }");

        var everything = new StringBuilder(result.Screen).Append(result.Thrown).AppendJoin('\n', result.Progress).AppendJoin('\n', result.Errors);
        foreach (var output in result.Output)
        {
            everything.Append(output).AppendJoin('|', output.Properties.OfType<PSProperty>().Select(property => property.Value));
            if (output.BaseObject is ErrorRecord error)
                everything.Append(error.Exception).Append(error.ErrorDetails).Append(error.TargetObject);
        }

        foreach (var file in store.Directory.Files)
            everything.Append(Encoding.Latin1.GetString(await File.ReadAllBytesAsync(store.Directory[file], TestContext.Current.CancellationToken)));

        Assert.NotEqual(0, everything.Length);
        foreach (var secret in (string[])[Secret, Token, Uri.EscapeDataString(Secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret))])
            Assert.DoesNotContain(secret, everything.ToString(), StringComparison.Ordinal);
    }
}
