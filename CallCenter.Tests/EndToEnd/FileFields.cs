using Microsoft.Playwright;

namespace CallCenter.Tests.EndToEnd;

/// <summary>Files for the page's file fields. One that is given before the field listens is lost, and no person is that quick.</summary>
internal static class FileFields
{
    public static async Task GiveFileAsync(this IPage page, string selector, FilePayload file)
    {
        await page.WaitForFunctionAsync("selector => document.querySelector(selector)?._blazorInputFileNextFileId !== undefined", selector);
        await page.SetInputFilesAsync(selector, file);
    }
}
