// Drafts in this browser's storage. Each open page has one of its own, named after the page's address, the user and
// a random name: nobody is offered what another user typed, and two tabs never write over each other.
"use strict";
{
  const DAYS = 60;

  const prefix = (user) => `draft:${location.pathname}:${user}:`;

  function keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith("draft:"));
    } catch {
      return [];
    }
  }

  function load(key) {
    try {
      const draft = JSON.parse(localStorage.getItem(key));
      return Array.isArray(draft?.rows) ? draft : null;
    } catch {
      return null;
    }
  }

  function newName() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Keep a draft; return whether this browser did. */
  function put(user, name, draft) {
    try {
      localStorage.setItem(prefix(user) + name, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  function remove(name) {
    for (const key of keys()) if (key.endsWith(`:${name}`)) localStorage.removeItem(key);
  }

  const get = (user, name) => load(prefix(user) + name);

  /** The user's drafts of this page as [name, draft], the newest first. */
  function all(user) {
    return keys().filter((key) => key.startsWith(prefix(user)))
      .map((key) => [key.slice(prefix(user).length), load(key)])
      .filter(([, draft]) => draft)
      .sort(([, one], [, other]) => other.at.localeCompare(one.at));
  }

  /** Nobody comes back for what is this old. */
  function forgetOld() {
    const limit = new Date(Date.now() - DAYS * 24 * 60 * 60 * 1000).toISOString();
    for (const key of keys()) if (!(load(key)?.at > limit)) localStorage.removeItem(key);
  }

  window.drafts.store = { put, get, all, remove, forgetOld, newName };
}
